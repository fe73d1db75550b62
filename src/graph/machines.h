#pragma once
// Workloads that are no pods: WorkloadEntries, and WorkloadGroups, whose machines register themselves as WorkloadEntries.
// Knows nothing of pods (graph.h). Source: istio.io WorkloadEntry and WorkloadGroup reference.

#include "graph/graph.h"

namespace hop {

/// Whether a selector matches a machine of this resource's namespace (of any namespace) that carries `more` as well. Unknown where labels
/// are placeholders, or where there are more machines than are looked at.
Truth selects_machine(const Graph& graph, const Resource& from, yaml::Node labels, bool any_namespace, yaml::Node more = {});

}  // namespace hop
