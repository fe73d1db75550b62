#pragma once
// How the load balancer of a Service itself (an NLB, or a Classic one) asks whether its targets live. That of an ALB's target group is in
// graph/target_group.h. Source: aws-load-balancer-controller pkg/service/model_build_target_group.go, docs/guide/service/annotations.md.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/graph.h"

namespace hop {

struct ServiceHealth {
  Value<std::string_view> port, protocol, path;  ///< the annotations
  std::string asks = {};                         ///< "tcp", "http" or "https", what is in force; "" where it is not known
  enum class By : std::uint8_t { traffic_port, number, name, unknown };
  By by = By::traffic_port;
  std::optional<std::int64_t> pod_port = {};  ///< where the pods are asked in the end, if it can be told; never for the traffic port
  bool name_missing = false;                  ///< the Service has no port of that name: the controller stops
};

/// Of a Service of type LoadBalancer on AWS.
ServiceHealth health_of(const Graph& graph, const Service& service);

/// A linted Service with a health check on another port than its traffic's, and nothing but a gateway's proxy behind it.
struct GatewayHealth {
  Service service;
  Workload gateway;
  ServiceHealth health;
};
std::vector<GatewayHealth> gateway_healths(const Graph& graph);

}  // namespace hop
