#pragma once
// Whether workloads have pods at all: `replicas: 0` means none, unless something else sets the number.
// Sources: kubernetes.io Deployment and StatefulSet reference; keda.sh ScaledObject; argo-rollouts "workloadRef".

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>

#include "graph/graph.h"

namespace hop {

/// Built once; looks for what scales only where a workload has no replicas.
class Scale {
 public:
  explicit Scale(const Graph& graph) : graph_(graph) {}
  /// Whether the workload has pods; unknown where an autoscaler or a rollout says how many, or a placeholder does.
  Truth has_pods(const Workload& workload);
  /// The `replicas` of the first, where none of them has pods for certain; absent otherwise, and of no workloads.
  yaml::Node stopped(std::span<const Workload> workloads);

 private:
  using Place = std::pair<std::uint16_t, std::string_view>;
  void find_scalers();
  Graph graph_;
  bool scalers_found_ = false;
  std::set<Place> scaled_;                                                          ///< namespaces where anything may be scaled
  std::set<std::tuple<std::uint16_t, std::string_view, std::string_view>> rolled_;  ///< Deployments whose pods a Rollout makes
};

}  // namespace hop
