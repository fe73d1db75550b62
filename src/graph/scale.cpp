#include "graph/scale.h"

#include <algorithm>

namespace hop {

void Scale::find_scalers() {
  scalers_found_ = true;
  for (const Resource* resource : graph_.of(Kind::other)) {
    if (resource->kind_name == "ScaledObject" || resource->kind_name == "HTTPScaledObject")
      scaled_.emplace(resource->cluster, resource->ns);
  }
  for (const Resource* autoscaler : graph_.of(Kind::horizontal_pod_autoscaler)) {
    if (autoscaler->opaque || text_of(HorizontalPodAutoscaler(*autoscaler).target()["name"]).is_unknown())
      scaled_.emplace(autoscaler->cluster, autoscaler->ns);
  }
  for (const Resource* rollout : graph_.of(Kind::rollout)) {
    const auto name = text_of(rollout->spec()["workloadRef"]["name"]);
    if (name.is_known()) rolled_.emplace(rollout->cluster, rollout->ns, *name);
    if (name.is_unknown() || rollout->opaque) scaled_.emplace(rollout->cluster, rollout->ns);
  }
}

Truth Scale::has_pods(const Workload& workload) {
  const auto replicas = integer_of(workload->spec()["replicas"]);
  if (workload->opaque || replicas.is_unknown()) return Truth::unknown;
  if (workload->kind == Kind::pod || replicas.is_absent() || *replicas != 0) return Truth::yes;
  if (!scalers_found_) find_scalers();
  const bool scaled = std::ranges::any_of(graph_.to(*workload), [](const Edge* edge) { return edge->relation == Relation::scale_target; });
  const bool open =
      scaled || scaled_.contains({workload->cluster, workload->ns}) || rolled_.contains({workload->cluster, workload->ns, workload->name});
  return open ? Truth::unknown : Truth::no;
}

yaml::Node Scale::stopped(std::span<const Workload> workloads) {
  const bool all = std::ranges::all_of(workloads, [&](const Workload& workload) { return has_pods(workload) == Truth::no; });
  return all && !workloads.empty() ? workloads.front()->spec()["replicas"] : yaml::Node{};
}

}  // namespace hop
