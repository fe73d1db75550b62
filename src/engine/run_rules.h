#pragma once
// Runs the rules over a graph. Knows nothing of suppressions, severities or output.

#include <vector>

#include "diag/diagnostic.h"
#include "engine/settings.h"
#include "graph/graph.h"

namespace hop {

/// Findings of every rule that is wanted, those of one rule together, in an order that does not depend on the number of jobs.
std::vector<Diagnostic> run_rules(const Graph& graph, const Settings& settings);

}  // namespace hop
