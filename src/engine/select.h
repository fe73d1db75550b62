#pragma once
// Which rules run and how severe they are: ids, aliases, families, groups and ALL, the most specific wins.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/settings.h"

namespace hop {

/// How closely a word names a rule: 0 not at all, 1 ALL, 2 group, 3 family, 4 alias, 5 id.
int names_rule(std::string_view word, const RuleInfo& rule);

/// Every RuleInfo: those of the rule table and those the engine owns, in id order.
std::vector<const RuleInfo*> every_rule();

/// Words of the selection that name no rule, with a did-you-mean: what the command line refuses.
std::vector<std::string> unknown_rule_words(const Selection& selection);

class Chosen {
 public:
  explicit Chosen(const Settings& settings);
  /// Whether a finding of this rule is wanted. Where only an alias was selected or ignored, a finding must carry that alias.
  bool wants(const Diagnostic& finding) const;
  bool wants(const RuleInfo& rule) const;
  /// `severity:` of the configuration applied: an override replaces the rule's own highest, lower ones of a finding stay lower.
  Severity severity(const Diagnostic& finding) const;

 private:
  const Settings* settings_;
};

}  // namespace hop
