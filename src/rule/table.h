#pragma once
// All rules, in id order. The table is generated from the files in rules/ (cmake/rule_table.cmake).

#include <span>
#include <string_view>

#include "rule/rule.h"

namespace hop {

struct RuleEntry {
  std::string_view path_id;  ///< the id its path stands for; the tests compare it with the rule's own
  const Rule* rule;
};

std::span<const RuleEntry> all_rules();

}  // namespace hop
