#include "engine/select.h"

#include <algorithm>
#include <set>

#include "engine/chain_policy.h"
#include "engine/config.h"
#include "engine/suppress.h"
#include "rule/table.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

template <class Words>
bool holds(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The closest that any of the words comes.
template <class Names>
Naming closest(const std::vector<std::string>& words, const Names& names) {
  Naming best = Naming::none;
  for (const std::string& word : words) best = std::max(best, names(word));
  return best;
}

/// Nothing selected: everything but what is a matter of policy. Any word of --ignore is closer than that.
bool is_wanted(const Selection& selection, const RuleInfo& rule, Naming selected, Naming ignored) {
  if (selection.select.empty()) return rule.group != Group::policy && ignored == Naming::none;
  return selected > ignored;
}

/// Whether the closest override switches the rule off as a whole. One by an alias says nothing about findings that do not carry it.
bool is_off(const std::vector<SeverityOverride>& overrides, const RuleInfo& rule) {
  const SeverityOverride* best = nullptr;
  Naming best_close = Naming::none;
  for (const SeverityOverride& changed : overrides) {
    const Naming close = names_rule(changed.what, rule);
    if (close == Naming::alias && !changed.off) return false;
    if (close > best_close && close != Naming::alias) best = &changed, best_close = close;
  }
  return best != nullptr && best->off;
}

std::set<std::string_view> rule_words() {
  std::set<std::string_view> words{"ALL"};
  for (const RuleInfo* rule : every_rule()) {
    words.insert({rule->id, family(*rule), to_string(rule->group)});
    words.insert(rule->aliases.begin(), rule->aliases.end());
  }
  return words;
}

}  // namespace

Naming names_rule(std::string_view word, const RuleInfo& rule) {
  if (word == rule.id) return Naming::id;
  if (holds(rule.aliases, word)) return Naming::alias;
  if (word == family(rule)) return Naming::family;
  if (word == to_string(rule.group)) return Naming::group;
  return word == "ALL" ? Naming::all : Naming::none;
}

Naming names_finding(std::string_view word, const Diagnostic& finding) {
  const Naming close = names_rule(word, *finding.rule);
  return close == Naming::alias && !holds(finding.aliases, word) ? Naming::none : close;
}

std::vector<const RuleInfo*> every_rule() {
  std::vector<const RuleInfo*> rules{&config_invalid,        &suppression_unused, &suppression_expired, &suppression_without_reason,
                                     &suppression_malformed, &chain_unreachable,  &chain_unencrypted,   &chain_exposed};
  for (const RuleEntry& entry : all_rules()) rules.push_back(&entry.rule->info);
  std::sort(rules.begin(), rules.end(), [](const RuleInfo* a, const RuleInfo* b) { return a->id < b->id; });
  return rules;
}

std::optional<std::string> unknown_rule_word(std::string_view word) {
  const std::set<std::string_view> words = rule_words();
  if (words.contains(word)) return std::nullopt;
  const std::vector<std::string_view> candidates(words.begin(), words.end());
  const auto near = nearest(word, candidates);
  return near ? format("`{}` names no rule; did you mean `{}`?", word, *near) : format("`{}` names no rule", word);
}

std::vector<std::string> unknown_rule_words(const Selection& selection) {
  std::vector<std::string> complaints;
  for (const auto* words : {&selection.select, &selection.ignore}) {
    for (const std::string& word : *words) {
      if (auto complaint = unknown_rule_word(word)) complaints.push_back(std::move(*complaint));
    }
  }
  return complaints;
}

bool Chosen::wants(const RuleInfo& rule) const {
  const Selection& selection = settings_->selection;
  const Naming selected = closest(selection.select, [&](std::string_view word) { return names_rule(word, rule); });
  // Findings that do not carry an ignored alias stay, so the rule has to run.
  const Naming ignored = closest(selection.ignore, [&](std::string_view word) {
    const Naming close = names_rule(word, rule);
    return close == Naming::alias ? Naming::none : close;
  });
  return is_wanted(selection, rule, selected, ignored) && !is_off(settings_->severities, rule);
}

bool Chosen::wants(const Diagnostic& finding) const {
  const Selection& selection = settings_->selection;
  const auto names = [&](std::string_view word) { return names_finding(word, finding); };
  if (!is_wanted(selection, *finding.rule, closest(selection.select, names), closest(selection.ignore, names))) return false;
  const SeverityOverride* changed = override_for(finding);
  return changed == nullptr || !changed->off;
}

Severity Chosen::severity(const Diagnostic& finding) const {
  const SeverityOverride* changed = override_for(finding);
  if (changed == nullptr || changed->off) return finding.severity;
  return finding.severity == finding.rule->severity ? changed->severity : std::min(finding.severity, changed->severity);
}

const SeverityOverride* Chosen::override_for(const Diagnostic& finding) const {
  const SeverityOverride* best = nullptr;
  Naming best_close = Naming::none;
  for (const SeverityOverride& changed : settings_->severities) {
    const Naming close = names_finding(changed.what, finding);
    if (close > best_close) best = &changed, best_close = close;
  }
  return best;
}

}  // namespace hop
