#pragma once
// The chain that a finding is about: the request that breaks, or goes unprotected, at its place. Knows nothing of rules' code.

#include <vector>

#include "diag/diagnostic.h"
#include "graph/graph.h"

namespace hop {

/// Gives each finding at which a chain breaks, by its own place or that of a note, the first such chain as its steps. The hop graph is
/// built only if some finding may be about one. A finding that brings a chain keeps it.
void add_chains(const Graph& graph, std::vector<Diagnostic>& findings);

}  // namespace hop
