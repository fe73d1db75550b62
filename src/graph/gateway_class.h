#pragma once
// Who makes what a Gateway of the Gateway API asks for. Knows nothing of listeners or routes.
// Source: gateway-api.sigs.k8s.io/api-types/gatewayclass; istio.io "Kubernetes Gateway API".

#include <string_view>

#include "graph/graph.h"
#include "model/gatewayapi/views.h"

namespace hop {

/// `controllerName` of the Gateway's class; of the classes that istiod makes itself also where they are not among the manifests. "" where
/// it is not known.
std::string_view controller_of(const Graph& graph, const K8sGateway& gateway);

inline constexpr std::string_view istio_gateway_controller = "istio.io/gateway-controller";
/// Whether it is the AWS Load Balancer Controller.
bool is_aws_gateway_controller(std::string_view controller);

}  // namespace hop
