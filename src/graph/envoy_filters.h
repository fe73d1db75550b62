#pragma once
// EnvoyFilters in the order in which Istio applies them, and which of them meet in one proxy.
// Knows nothing of what they patch. Source: istio.io EnvoyFilter reference (`priority`, and the order without it).

#include <vector>

#include "graph/graph.h"
#include "model/istio/policy_views.h"

namespace hop {

/// Those without a priority (or with 0), as Istio applies what was created at one time: the root namespace's first, then by name.
std::vector<EnvoyFilter> without_priority(const Graph& graph);
/// Whether both may be applied to one workload: no label keeps them apart, and they are of one namespace, or one is of the root namespace.
bool reach_one_workload(const Graph& graph, const EnvoyFilter& a, const EnvoyFilter& b);

}  // namespace hop
