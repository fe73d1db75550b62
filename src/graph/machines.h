#pragma once
// Workloads that are no pods: WorkloadEntries, and WorkloadGroups, whose machines register themselves as WorkloadEntries.
// Knows nothing of pods (graph.h). Source: istio.io WorkloadEntry and WorkloadGroup reference.

#include <string>
#include <unordered_map>
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

/// machines_of() for many policies: found once for those that select the same, and one answer for all where there are no machines.
class SelectedMachines {
 public:
  explicit SelectedMachines(const Graph& graph) : graph_(graph) {}
  const std::vector<const Resource*>& of(const Resource& from, yaml::Node labels, bool any_namespace);

 private:
  Graph graph_;
  std::unordered_map<std::string, std::vector<const Resource*>> known_;  ///< by what is selected, and from where
  std::vector<const Resource*> none_;
};

/// Whether a selector matches a machine of this resource's namespace (of any namespace) that carries `more` as well. Unknown where labels
/// are placeholders, or where there are more machines than are looked at.
Truth selects_machine(const Graph& graph, const Resource& from, yaml::Node labels, bool any_namespace, yaml::Node more = {});

}  // namespace hop
