#pragma once
// Whether something that holds for some places and objects holds for a finding.

#include <set>
#include <utility>

#include "engine/settings.h"
#include "graph/graph.h"
#include "text/pattern.h"

namespace hop {

/// Borrows the scope and what the graph reads.
class ScopeMatch {
 public:
  ScopeMatch(const FindingScope& scope, const Graph& graph);
  bool covers(const Diagnostic& finding) const;

 private:
  const FindingScope* scope_;
  const Sources* sources_;
  Globs paths_;
  std::set<std::pair<FileId, ObjectId>> labelled_;  ///< objects that carry the labels, where there are any
};

}  // namespace hop
