#pragma once
// `policy:` of the configuration: what must hold for requests, wherever it breaks. Judged over the chains of a run.

#include <optional>
#include <string>
#include <vector>

#include "chain/trace.h"
#include "diag/diagnostic.h"
#include "engine/settings.h"
#include "graph/graph.h"

namespace hop {

extern const RuleInfo chain_unreachable;
extern const RuleInfo chain_unencrypted;
extern const RuleInfo chain_exposed;

/// Appends a finding for each place that keeps a chain from what the policies ask: one for a place and a policy, however many chains run
/// through it. What is not known is not proved. Nothing without policies.
void apply_policies(const Graph& graph, const Settings& settings, std::vector<Diagnostic>& findings);

}  // namespace hop
