#pragma once
// Workloads that are no pods: WorkloadEntries, and WorkloadGroups, whose machines register themselves as WorkloadEntries.
// Knows nothing of pods (graph.h). Source: istio.io WorkloadEntry and WorkloadGroup reference.

#include <vector>

#include "graph/graph.h"
#include "model/selector.h"

namespace hop {

/// Labels of a WorkloadEntry, or of the machines of a WorkloadGroup.
Labels machine_labels(const Resource& machine);
/// The account that such a machine runs as; may be absent, which means `default`.
yaml::Node machine_account(const Resource& machine);
/// The machines of this resource's namespace (of any namespace) that a selector matches for certain, in path order; no more than are looked
/// at.
std::vector<const Resource*> machines_of(const Graph& graph, const Resource& from, yaml::Node labels, bool any_namespace);

/// Whether a selector matches a machine of this resource's namespace (of any namespace) that carries `more` as well. Unknown where labels
/// are placeholders, or where there are more machines than are looked at.
Truth selects_machine(const Graph& graph, const Resource& from, yaml::Node labels, bool any_namespace, yaml::Node more = {});

}  // namespace hop
