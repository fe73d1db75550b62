#pragma once
// What each rule found, kept from one run to the next. After an edit run again: local rules for the files that changed, and others where
// something they looked into changed. Knows nothing of texts and why they changed.

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/settings.h"
#include "graph/graph.h"
#include "graph/reads.h"
#include "rule/rule.h"

namespace hop {

/// What a rule that looks at everything found, or the rules that look at each resource in the light of the others at one of them; and what
/// they looked into.
struct Outcome {
  std::vector<Diagnostic> found;
  std::vector<Cell> reads;
};

/// As the rules found it, before anything is dropped or put in order.
struct RuleResults {
  std::map<std::string_view, Outcome> whole;        ///< of rules that look at everything, by id
  std::map<FileId, std::vector<Diagnostic>> local;  ///< of local rules, by file
  std::map<FileId, std::vector<Outcome>> each;      ///< by file, its linted resources in order
  /// Everything; the order is always the same.
  std::vector<Diagnostic> all() const;
};

/// Calls `visit` with every place that a finding has.
template <class Finding, class Visit>
void each_place(Finding& finding, Visit visit) {
  visit(finding.where);
  for (auto& note : finding.notes) visit(note.where);
  for (auto& step : finding.chain) visit(step.where);
  for (auto& fix : finding.fixes) {
    for (auto& edit : fix.edits) visit(edit.where);
  }
}

/// What an edit changed.
struct Touched {
  std::set<FileId> files;
  Changes changes;  ///< of the resources in those files
};

/// The rules that are to run, a few at a time.
class RuleRun {
 public:
  /// `touched` nullptr: everything runs; else what `before` says of the rest still holds. All must outlive this.
  RuleRun(const Graph& graph, const Settings& settings, const Touched* touched, const RuleResults& before);
  /// Runs some of them; false when all have run.
  bool step();
  /// Puts what was found in the place of what was found before.
  void take_into(RuleResults& results);
  std::size_t left() const { return tasks_.size() - done_; }

 private:
  /// A resource, and which one of its file's it is.
  struct Place {
    const Resource* resource;
    FileId file;
    std::size_t at;
  };
  struct Task {
    const Rule* rule = nullptr;          ///< one that looks at everything, or
    bool local = false;                  ///< all local ones, or all others that look at each resource
    std::vector<Place> resources = {};   ///< over these
    std::vector<Diagnostic> found = {};  ///< of local ones
    std::vector<Outcome> results = {};   ///< of the rule, or of the others for each of `resources`
  };
  using ByKind = std::vector<std::vector<const Rule*>>;

  void add_resources(const RuleResults& before);
  const std::vector<Outcome>* known_of(FileId file, const RuleResults& before) const;
  bool holds(const Outcome& before) const;
  void run(Task& task) const;
  void look(Task& task) const;

  const Graph& graph_;
  const Settings& settings_;
  const Touched* touched_;
  ByKind local_, each_;
  std::vector<Task> tasks_;
  std::size_t done_ = 0;
};

}  // namespace hop
