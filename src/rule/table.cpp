#include "rule/table.h"

#include <algorithm>

namespace hop {

const Rule* find_rule(std::string_view id) {
  const auto rules = all_rules();
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const RuleEntry& entry) { return entry.rule->info.id == id; });
  return found == rules.end() ? nullptr : found->rule;
}

}  // namespace hop
