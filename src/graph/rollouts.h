#pragma once
// Actions of ALB Ingresses that are written when a Service is rolled out. Source: argo-rollouts docs/features/traffic-management/alb.md.

#include <string_view>

#include "graph/graph.h"

namespace hop {

/// Whether the action of this name may be written later: it has the name of a Service beside the Ingress, or of one that a Rollout shifts
/// requests of.
bool may_be_rolled_out(const Graph& graph, const Resource& ingress, std::string_view action);

}  // namespace hop
