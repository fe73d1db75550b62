#include "engine/suppress.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "engine/allowed.h"
#include "engine/remove_suppression.h"
#include "engine/select.h"
#include "rule/life.h"
#include "rule/report.h"
#include "text/format.h"
#include "text/span_index.h"

namespace hop {

constinit const RuleInfo suppression_unused{
    .id = "suppression-unused",
    .summary = "a suppression suppresses nothing",
    .docs =
        "A comment, annotation or `allow:` entry names a rule that reports nothing at the place it covers. It is said of each rule it "
        "names. Rules that did not run in this run are not judged, nor are `allow:` entries when only part of the configured folder "
        "was checked. Take the suppression away, or move it to the place the finding is about.",
    .effect = "nobody notices when the next finding at this place is suppressed by accident",
    .source = "hoplint's own convention, as ESLint's and Ruff's unused suppressions",
    .severity = Severity::warning,
    .group = Group::correctness,
    .fixes = FixPolicy::sometimes,
    .ineffective = true};

constinit const RuleInfo suppression_expired{
    .id = "suppression-expired",
    .summary = "a suppression's `until` has passed",
    .docs =
        "The day after `until` a suppression no longer works, and what it hid is reported again. Repair the finding, or decide on a new "
        "date.",
    .effect = "the suppressed findings count again",
    .source = "hoplint's own convention",
    .severity = Severity::warning,
    .group = Group::correctness};

constinit const RuleInfo suppression_without_reason{
    .id = "suppression-without-reason",
    .summary = "a suppression gives no reason",
    .docs =
        "Write the reason behind two dashes: `# hoplint: allow <rule> -- <reason>`. The suppression works without. With "
        "`require-reason: true` in the configuration this is a warning, otherwise it is for information.",
    .effect = "nobody can tell later whether the suppression is still needed",
    .source = "hoplint's own convention",
    .severity = Severity::warning,
    .group = Group::correctness};

constinit const RuleInfo suppression_malformed{
    .id = "suppression-malformed",
    .summary = "a suppression cannot be understood",
    .docs =
        "A comment that begins with `hoplint:` must read `allow <rule>[, …] -- <reason>[ until 2027-01-31]` or the same with "
        "`allow-file`, and name rules or their aliases; so must the annotation `hoplint.dev/allow`, without the word `allow`.",
    .effect = "the suppression does not work",
    .source = "hoplint's own convention",
    .severity = Severity::warning,
    .group = Group::correctness};

constinit const RuleInfo suppression_outdated{
    .id = "suppression-outdated",
    .summary = "a suppression names a rule by an id that it no longer has",
    .docs =
        "A rule was renamed, and the suppression works by its old id; or it is gone, and there is nothing left to suppress. The fix writes "
        "the new id, or takes out what is gone.",
    .effect = "nothing yet; readers look for the id in vain",
    .source = "hoplint's own convention",
    .severity = Severity::info,
    .group = Group::deprecation,
    .fixes = FixPolicy::sometimes};

namespace {

/// The words that name rules, so that each of very many suppressions is looked up.
struct RuleWords {
  explicit RuleWords(const Chosen& chosen) {
    for (const RuleInfo* rule : every_rule()) {
      const bool runs = chosen.wants(*rule);
      for (const std::string_view word : words_of(*rule)) {
        if (names_rule(word, *rule) >= Naming::alias) at_one_place.insert(word);
        if (runs) of_those_that_run.insert(word);
      }
    }
  }

  /// All words that name this rule.
  static std::vector<std::string_view> words_of(const RuleInfo& rule) {
    std::vector<std::string_view> words{rule.id, family(rule), to_string(rule.group), "ALL"};
    words.insert(words.end(), rule.aliases.begin(), rule.aliases.end());
    for (const FormerRule& former : former_rules()) {
      if (former.now == rule.id) words.push_back(former.id);
    }
    return words;
  }

  /// Ids and aliases. Families and groups are for the configuration: at one place, say which rule.
  std::set<std::string_view> at_one_place;
  std::set<std::string_view> of_those_that_run;
};

class Judge {
 public:
  Judge(const Graph& graph, const Settings& settings, bool whole_root)
      : graph_(graph), settings_(settings), words_(Chosen(settings)), whole_root_(whole_root), allowed_(gather_allowed(graph, settings)) {
    for (std::uint32_t i = 0; i < allowed_.size(); ++i) {
      if (is_expired(allowed_[i]) || !allowed_[i].problem.empty()) continue;
      for (std::uint32_t word = 0; word < allowed_[i].rules.size(); ++word) file(allowed_[i], {i, word});
    }
    for (auto& [key, held] : in_files_) held.seal();
  }

  void mark(std::vector<Diagnostic>& findings) {
    if (allowed_.empty()) return;
    for (Diagnostic& finding : findings) mark(finding);
  }

  void report(std::vector<Diagnostic>& findings) {
    for (const Allowed& allowed : allowed_) report_one(allowed);
    for (Report* report : {&unused_, &expired_, &without_reason_, &malformed_, &outdated_}) {
      std::ranges::move(report->take(), std::back_inserter(findings));
    }
  }

 private:
  bool is_expired(const Allowed& allowed) const { return !allowed.until.empty() && allowed.until < settings_.today; }

  /// A word of a suppression, by their positions.
  using Place = std::pair<std::uint32_t, std::uint32_t>;

  /// The names that an entry is for, as far as it says them letter by letter.
  static std::vector<std::string_view> names_of(const Allowance& entry) {
    std::vector<std::string_view> names(entry.scope.names.begin(), entry.scope.names.end());
    const bool open =
        std::ranges::any_of(names, [](std::string_view name) { return name.find_first_of("!*?[\\") != std::string_view::npos; });
    if (names.empty() || open) return {std::string_view()};
    return names;
  }

  void file(const Allowed& allowed, Place place) {
    const std::string_view word = allowed.rules[place.second].text;
    if (allowed.entry != nullptr) {
      for (const std::string_view name : names_of(*allowed.entry)) entries_[{word, name}].push_back(place);
    } else {
      in_files_[{allowed.covers.file, word}].add(allowed.covers, place);
    }
  }

  /// In the order of the suppressions, those of the configuration last.
  void mark(Diagnostic& finding) {
    std::set<Place> places;
    std::vector<std::string_view> words = RuleWords::words_of(*finding.rule);
    words.push_back("*");  // of a peer's annotation
    for (const std::string_view word : words) {
      const auto here = in_files_.find({finding.where.file, word});
      if (here != in_files_.end()) here->second.each_at(finding.where.begin, [&](Place place) { places.insert(place); });
      for (const std::string_view name :
           {std::string_view(), finding.object ? std::string_view(finding.object->name) : std::string_view()}) {
        const auto entries = entries_.find({word, name});
        if (entries != entries_.end()) places.insert(entries->second.begin(), entries->second.end());
      }
    }
    for (const auto& [at, word] : places) mark_with(allowed_[at], allowed_[at].rules[word], finding);
  }

  static void mark_with(const Allowed& allowed, Allowed::Word& word, Diagnostic& finding) {
    const Naming close = names_finding(word.text, finding);
    const Naming least = allowed.entry != nullptr ? Naming::all : Naming::alias;
    const bool named = allowed.peer.empty() ? close >= least : names_for_peer(allowed, word, finding);
    if (!named || !covers(allowed, finding)) return;
    word.used = true;
    finding.suppressed = true;
    finding.suppressions.push_back({allowed.entry == nullptr, std::string(allowed.reason)});
  }

  void report_one(const Allowed& allowed) {
    if (!allowed.peer.empty()) return;
    if (!allowed.problem.empty()) {
      malformed_.at(allowed.where, allowed.problem);
      return;
    }
    if (is_expired(allowed)) {
      expired_.at(allowed.where, format("the suppression ended with {}", allowed.until));
    } else {
      for (std::size_t i = 0; i < allowed.rules.size(); ++i) report_word(allowed, i);
    }
    if (!allowed.reason.empty()) return;
    const Severity severity = settings_.require_reason ? Severity::warning : Severity::info;
    without_reason_.at(allowed.where, "the suppression gives no reason").severity(severity);
  }

  void report_word(const Allowed& allowed, std::size_t at) {
    const Allowed::Word& word = allowed.rules[at];
    if (allowed.entry == nullptr && report_outdated(allowed, at)) return;
    if (allowed.entry == nullptr && !words_.at_one_place.contains(word.text)) {
      const auto unknown = unknown_rule_word(word.text);
      malformed_.at(word.where, unknown ? *unknown : format("`{}` names many rules; a suppression names each", word.text));
    } else if (is_unused(word) && (allowed.entry == nullptr || whole_root_)) {
      Finding finding = unused_.at(word.where, format("`{}` reports nothing that this suppression covers", word.text));
      const bool all = std::ranges::all_of(allowed.rules, [&](const Allowed::Word& other) { return is_unused(other); });
      offer_removal(allowed, at, all, finding);
    }
  }

  /// Whether the word is an id of the past, and nothing more is to be said of it: one that was renamed still has to be of use.
  bool report_outdated(const Allowed& allowed, std::size_t at) {
    const Allowed::Word& word = allowed.rules[at];
    const FormerRule* former = find_former(word.text);
    if (former == nullptr || (!former->now.empty() && is_unused(word))) return false;
    Finding finding = outdated_.at(word.where, outdated_rule_word(word.text).value_or(""));
    if (former->now.empty()) {
      offer_removal(allowed, at, allowed.rules.size() == 1, finding);
    } else if (graph_.sources()[allowed.where.file].text().substr(word.where.begin).starts_with(word.text)) {  // not in an escaped text
      finding.fix(format("write `{}`", former->now), {{word.where, std::string(former->now)}});
    }
    return true;
  }

  void offer_removal(const Allowed& allowed, std::size_t at, bool whole, Finding& finding) {
    const std::string_view text = graph_.sources()[allowed.where.file].text();
    const auto fix = whole ? remove_suppression(allowed, text) : remove_suppressed_rule(allowed, at, text);
    if (fix) finding.fix(fix->title, fix->edits, fix->safety);
  }

  /// A suppression of a rule that did not run may be of use.
  bool is_unused(const Allowed::Word& word) const { return !word.used && words_.of_those_that_run.contains(word.text); }

  const Graph& graph_;
  const Settings& settings_;
  RuleWords words_;
  bool whole_root_;
  std::vector<Allowed> allowed_;
  std::map<std::pair<FileId, std::string_view>, SpanIndex<Place>> in_files_;  ///< by file and word
  /// Of the configuration, by word and the name of the object; "" for those that may be for any.
  std::map<std::pair<std::string_view, std::string_view>, std::vector<Place>> entries_;
  Report unused_{suppression_unused}, expired_{suppression_expired}, without_reason_{suppression_without_reason},
      malformed_{suppression_malformed}, outdated_{suppression_outdated};
};

}  // namespace

void apply_suppressions(const Graph& graph, const Settings& settings, bool whole_root, std::vector<Diagnostic>& findings) {
  Judge judge(graph, settings, whole_root);
  judge.mark(findings);
  judge.report(findings);
}

}  // namespace hop
