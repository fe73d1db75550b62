#pragma once
// Gateways that the AWS Load Balancer Controller serves, with the LoadBalancerConfiguration that holds for each.
// Source: aws-load-balancer-controller docs/guide/gateway/{gateway,loadbalancerconfig}.md.

#include <optional>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "model/gatewayapi/views.h"

namespace hop {

struct AwsGateway {
  K8sGateway gateway;
  bool network = false;                     ///< an NLB; else an ALB
  yaml::Node reference = {};                ///< `parametersRef` of the Gateway, else of its class; absent where there is none
  const Resource* named_by = nullptr;       ///< who says so
  const Resource* configuration = nullptr;  ///< what it names, if that is among the manifests
  bool of_other_kind = false;               ///< what it names is no LoadBalancerConfiguration of the controller's
  bool missing = false;                     ///< it names one that is not there, and should be
  bool open = false;                        ///< what is configured is not known: a placeholder, another kind, or not among the manifests
};

/// Linted Gateways in resource order.
std::vector<AwsGateway> aws_gateways(const Graph& graph);

/// What an item of `listenerConfigurations` is for: `HTTPS:443`. Nothing where it is not written so.
struct ProtocolPort {
  std::string_view protocol;
  std::int64_t port = 0;
};
std::optional<ProtocolPort> protocol_port_of(yaml::Node item);

}  // namespace hop
