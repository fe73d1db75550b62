#pragma once
// What each rule found, kept from one run to the next: rules that look at everything run again if an edit touched what they read, local
// ones for the files that changed. Knows nothing of texts and why they changed.

#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/settings.h"
#include "graph/graph.h"
#include "rule/rule.h"

namespace hop {

/// As the rules found it, before anything is dropped or put in order.
struct RuleResults {
  std::map<std::string_view, std::vector<Diagnostic>> whole;  ///< of rules that look at everything, by id
  std::map<FileId, std::vector<Diagnostic>> local;            ///< of local rules, by file
  /// Everything; the order is always the same.
  std::vector<Diagnostic> all() const;
};

/// Calls `change` with every place that a finding has.
void each_place(Diagnostic& finding, const std::function<void(Span& place)>& change);

/// The rules that are to run, a few at a time.
class RuleRun {
 public:
  /// `files` nullptr: everything runs. `graph` and `settings` must outlive this.
  RuleRun(const Graph& graph, const Settings& settings, const KindSet& touched, const std::set<FileId>* files);
  /// Runs some of them; false when all have run.
  bool step();
  /// Puts what was found in the place of what was found before.
  void take_into(RuleResults& results);
  /// Whether the rule of this id, which looks at everything, is among them.
  bool runs(std::string_view id) const;
  std::size_t left() const { return tasks_.size() - done_; }

 private:
  struct Task {
    const Rule* rule = nullptr;                   ///< one that looks at everything, or
    std::vector<const Resource*> resources = {};  ///< all local ones, over the resources of one file or some
    std::vector<Diagnostic> found = {};
  };
  void add_local(const std::set<FileId>* files);
  void run(Task& task) const;

  const Graph& graph_;
  const Settings& settings_;
  std::vector<std::vector<const Rule*>> local_;  ///< by kind
  std::vector<Task> tasks_;
  std::size_t done_ = 0;
  bool everything_;
  std::set<FileId> files_;
};

}  // namespace hop
