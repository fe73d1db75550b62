#pragma once
// Which rules run and how severe they are: ids, aliases, families, groups and ALL, the most specific wins.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/scope.h"
#include "engine/settings.h"

namespace hop {

/// How closely a word names a rule, from not at all to its id.
enum class Naming : std::uint8_t { none, all, group, family, alias, id };
Naming names_rule(std::string_view word, const RuleInfo& rule);
/// The same for a finding, which an alias names only if the finding carries it.
Naming names_finding(std::string_view word, const Diagnostic& finding);

/// Every RuleInfo: those of the rule table and those the engine owns, in id order.
std::vector<const RuleInfo*> every_rule();

/// Every word that names rules today: ids, aliases, families, groups and ALL.
std::set<std::string_view> every_rule_word();

/// Why a word names no rule, not even by an id it once had, with a did-you-mean: "`x` names no rule; did you mean `y`?". Nothing if it does
/// name one.
std::optional<std::string> unknown_rule_word(std::string_view word);

class Chosen {
 public:
  /// `settings` must outlive this; so must what the graph reads. Without a graph only rules can be judged.
  explicit Chosen(const Settings& settings, const Graph* graph = nullptr);
  /// Whether any finding of this rule may be wanted: else it need not run.
  bool wants(const RuleInfo& rule) const;
  /// Whether a finding is wanted. Where only an alias was selected or ignored, a finding must carry that alias.
  bool wants(const Diagnostic& finding) const;
  /// `severity:` of the configuration applied: an override replaces the rule's own highest; lower ones of a finding stay lower.
  Severity severity(const Diagnostic& finding) const;

 private:
  const SeverityOverride* override_for(const Diagnostic& finding) const;
  bool is_selected(const Diagnostic& finding) const;
  const Settings* settings_;
  std::vector<ScopeMatch> scopes_;  ///< of the overrides, in their order
};

}  // namespace hop
