#include "graph/rollouts.h"

#include <algorithm>

namespace hop {

bool may_be_rolled_out(const Graph& graph, const Resource& ingress, std::string_view action) {
  if (graph.find(ingress, Kind::service, ingress.ns, action).found()) return true;
  return std::ranges::any_of(graph.of(Kind::rollout), [&](const Resource* rollout) {
    const yaml::Node canary = rollout->spec()["strategy"]["canary"];
    return canary["trafficRouting"]["alb"]["rootService"].str() == action || canary["stableService"].str() == action;
  });
}

}  // namespace hop
