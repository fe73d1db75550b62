#pragma once
// The life of a rule: which release it came with, whether it is on trial, and ids that rules once had. Ids that are gone are still taken
// wherever a rule is named, with a hint.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "text/version.h"

namespace hop {

/// An id that no rule has any more.
struct FormerRule {
  std::string_view id;
  std::string_view now;    ///< the rule's id today; "" where the rule is gone
  std::string_view since;  ///< the release without the old id
  std::string_view why;    ///< for a rule that is gone: lower-case start, no final period
};
std::span<const FormerRule> former_rules();

/// The entry of an id that is gone; nullptr for any other word.
const FormerRule* find_former(std::string_view word, std::span<const FormerRule> table = former_rules());
/// What to write for an id that is gone: "`a` is called `b` since 0.1.0", "`a` is gone since 0.1.0: why". Nothing for any other word.
std::optional<std::string> outdated_rule_word(std::string_view word, std::span<const FormerRule> table = former_rules());

/// The version of this program.
Release this_release();
std::string_view this_release_text();

}  // namespace hop
