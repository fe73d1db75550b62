#pragma once
// Target groups of an ALB with their effective settings, and the gateway servers behind them. Rules read these, never raw annotations.
// Source: aws-load-balancer-controller pkg/ingress/model_build_target_group.go; Istio's gateway port matching (pilot).

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "graph/lookup.h"
#include "graph/setting.h"
#include "model/istio/status_port.h"
#include "model/istio/views.h"
#include "model/k8s/views.h"

namespace hop {

class GatewaySet;  // graph/gateway_set.h

/// A Gateway server that listens on the port a target group sends to.
struct ServerRef {
  const Resource* gateway;
  GatewayServer server;
};

/// How the load balancer asks whether a target lives.
struct HealthCheck {
  Setting port;      ///< as written: `traffic-port`, a number, or the name of a Service port
  Setting protocol;  ///< that of the target group unless set
  Setting path;
  Setting success_codes;
  Setting interval, timeout;
  enum class By : std::uint8_t { traffic_port, number, name, unknown };
  By by = By::traffic_port;
  /// The Service port it leads to: the traffic port, one of that name, one with that node port or target port.
  std::optional<ServicePort> service_port;
  std::optional<std::int64_t> pod_port;  ///< the port on the pod that is asked in the end, where it can be told
  bool name_missing = false;             ///< the Service has no port of that name: the controller stops
  bool asks_status_port() const { return pod_port == status_port; }
};

/// What stands behind a Service, found once however many paths lead to it.
struct BehindService {
  std::vector<Workload> pods;
  bool pods_unknown = false;
  const GatewaySet* gateways = nullptr;  ///< never null once found
};

/// One target group of an ALB: a backend of an Ingress and the Service port behind it.
struct TargetGroup {
  const Resource* ingress = nullptr;
  Ingress::Backend backend;
  Lookup service;
  std::optional<ServicePort> port;  ///< of the service; nullopt when missing or unknown
  Setting protocol;                 ///< backend-protocol: HTTP or HTTPS
  Setting protocol_version;         ///< HTTP1, HTTP2 or GRPC
  Setting target_type;              ///< instance or ip
  Setting attributes;               ///< target-group-attributes as written
  HealthCheck health;
  bool assumed = false;  ///< the gateway Service is not among the manifests; Istio's usual one is taken for it
  // What stands behind the service is the graph's: thousands of paths may lead to one gateway with thousands of Gateways.
  std::span<const Workload> pods;
  bool pods_unknown = false;                  ///< there may be others
  std::span<const Resource* const> gateways;  ///< Istio Gateways whose selector matches pods of the service
  std::span<const ServerRef> servers;         ///< of those, the servers on this port
  bool to_gateway() const { return !gateways.empty(); }
};

}  // namespace hop
