#pragma once
// What manifests refer to and do not hold: references by place, and what it takes to declare their targets as known.

#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace hop {

/// All references, in path and source order.
std::vector<const Edge*> references_by_place(const Graph& graph);

/// A name outside of the manifests, and the first place that refers to it.
struct OutsideName {
  KnownName known;
  Span first;
  std::size_t times = 0;
};

/// In the order of kind, namespace and name. Names to be filled in later and hosts outside of the cluster are no objects and left out.
std::vector<OutsideName> outside_names(const Graph& graph);

}  // namespace hop
