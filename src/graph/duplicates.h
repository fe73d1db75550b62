#pragma once
// Objects that the manifests define more than once. Knows nothing of what to make of it.

#include <vector>

#include "graph/graph.h"

namespace hop {

/// `later` has the identity of `first`: cluster, API group, kind, namespace and name.
struct Duplicate {
  const Resource* first;
  const Resource* later;
};

/// In path and document order; each later one with the first. Those whose name or namespace is left open are not compared.
std::vector<Duplicate> duplicates(const Graph& graph);

}  // namespace hop
