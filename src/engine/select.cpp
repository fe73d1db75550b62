#include "engine/select.h"

#include <algorithm>
#include <set>

#include "engine/chain_policy.h"
#include "engine/config.h"
#include "engine/suppress.h"
#include "rule/life.h"
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

/// On trial, or newer than the rules that are wanted: such a rule comes in by its own name only, whatever selects many.
bool is_reserved(const Selection& selection, const RuleInfo& rule) {
  const auto since = parse_release(rule.since);
  return (rule.preview && !selection.preview) || (selection.ruleset && since && *since > *selection.ruleset);
}

/// Nothing selected: everything but what is a matter of policy. Any word of --ignore is closer than that.
bool is_wanted(const Selection& selection, const RuleInfo& rule, Naming selected, Naming ignored) {
  const bool reserved = is_reserved(selection, rule);
  if (selection.select.empty()) return rule.group != Group::policy && !reserved && ignored == Naming::none;
  return selected > ignored && (!reserved || selected >= Naming::alias);
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

}  // namespace

Naming names_rule(std::string_view word, const RuleInfo& rule) {
  if (word == rule.id) return Naming::id;
  if (const FormerRule* former = find_former(word)) return former->now == rule.id ? Naming::id : Naming::none;
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
  std::vector<const RuleInfo*> rules{
      &config_invalid,        &config_outdated,      &suppression_unused, &suppression_expired, &suppression_without_reason,
      &suppression_malformed, &suppression_outdated, &chain_unreachable,  &chain_unencrypted,   &chain_exposed};
  for (const RuleEntry& entry : all_rules()) rules.push_back(&entry.rule->info);
  std::sort(rules.begin(), rules.end(), [](const RuleInfo* a, const RuleInfo* b) { return a->id < b->id; });
  return rules;
}

std::set<std::string_view> every_rule_word() {
  std::set<std::string_view> words{"ALL"};
  for (const RuleInfo* rule : every_rule()) {
    words.insert({rule->id, family(*rule), to_string(rule->group)});
    words.insert(rule->aliases.begin(), rule->aliases.end());
  }
  return words;
}

std::optional<std::string> unknown_rule_word(std::string_view word) {
  // A file may have a word wrong on each line.
  static const std::set<std::string_view> words = every_rule_word();
  static const std::vector<std::string_view> candidates(words.begin(), words.end());
  if (words.contains(word) || find_former(word) != nullptr) return std::nullopt;
  const auto near = nearest(word, candidates);
  return near ? format("`{}` names no rule; did you mean `{}`?", word, *near) : format("`{}` names no rule", word);
}

Chosen::Chosen(const Settings& settings, const Graph* graph) : settings_(&settings) {
  if (graph == nullptr) return;
  for (const Override& override : settings.overrides) scopes_.emplace_back(override.scope, *graph);
}

bool Chosen::wants(const RuleInfo& rule) const {
  if (!applies(rule.applies, settings_->world.environment)) return false;
  const Selection& selection = settings_->selection;
  const auto names = [&](std::string_view word) { return names_rule(word, rule); };
  const Naming selected = closest(selection.select, names);
  // Findings that do not carry an ignored alias stay, so the rule has to run.
  const Naming ignored = closest(selection.ignore, [&](std::string_view word) {
    const Naming close = names_rule(word, rule);
    return close == Naming::alias ? Naming::none : close;
  });
  const bool wanted = is_wanted(selection, rule, selected, ignored);
  if (wanted && !is_off(settings_->severities, rule)) return true;
  return std::ranges::any_of(settings_->overrides, [&](const Override& override) {
    const auto switches_on = [&](const SeverityOverride& changed) { return !changed.off && names(changed.what) != Naming::none; };
    return closest(override.select, names) != Naming::none || (wanted && std::ranges::any_of(override.severities, switches_on));
  });
}

/// The last override that covers the finding and selects or ignores its rule decides, else the run's own selection.
bool Chosen::is_selected(const Diagnostic& finding) const {
  const auto names = [&](std::string_view word) { return names_finding(word, finding); };
  for (std::size_t i = scopes_.size(); i-- > 0;) {
    const Override& override = settings_->overrides[i];
    const Naming selected = closest(override.select, names);
    const Naming ignored = closest(override.ignore, names);
    if (std::max(selected, ignored) != Naming::none && scopes_[i].covers(finding)) return selected > ignored;
  }
  const Selection& selection = settings_->selection;
  return is_wanted(selection, *finding.rule, closest(selection.select, names), closest(selection.ignore, names));
}

bool Chosen::wants(const Diagnostic& finding) const {
  const Environment& environment = settings_->world.environment;
  if (!applies(finding.rule->applies, environment) || !applies(finding.applies, environment)) return false;
  if (!is_selected(finding)) return false;
  const SeverityOverride* changed = override_for(finding);
  return changed == nullptr || !changed->off;
}

Severity Chosen::severity(const Diagnostic& finding) const {
  const SeverityOverride* changed = override_for(finding);
  if (changed == nullptr || changed->off) return finding.severity;
  return finding.severity == finding.rule->severity ? changed->severity : std::min(finding.severity, changed->severity);
}

const SeverityOverride* Chosen::override_for(const Diagnostic& finding) const {
  const auto closest_of = [&](const std::vector<SeverityOverride>& list) {
    const SeverityOverride* best = nullptr;
    Naming best_close = Naming::none;
    for (const SeverityOverride& changed : list) {
      const Naming close = names_finding(changed.what, finding);
      if (close > best_close) best = &changed, best_close = close;
    }
    return best;
  };
  for (std::size_t i = scopes_.size(); i-- > 0;) {
    const SeverityOverride* changed = closest_of(settings_->overrides[i].severities);
    if (changed != nullptr && scopes_[i].covers(finding)) return changed;
  }
  return closest_of(settings_->severities);
}

}  // namespace hop
