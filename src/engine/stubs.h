#pragma once
// Stubs of what a cluster holds, to be declared as known: names, labels and ports, and of nothing else more than that it is there.

#include <string>

#include "graph/graph.h"

namespace hop {

struct Stubs {
  std::string yaml;  ///< documents that `known:` takes
  std::size_t written = 0;
  std::size_t left_out = 0;  ///< pods and replica sets that something else makes, and what has no name
};

/// Of each resource: apiVersion, kind, name, namespace and labels; of Services the type, selector and ports too, of what makes pods their
/// labels, containers' names and ports. An annotation that decides about traffic is written with a placeholder for its value, which rules
/// take for unknown. Nothing else of an object is ever copied, least of all what a Secret holds.
Stubs make_stubs(const Graph& graph);

}  // namespace hop
