#pragma once
// How requests enter: ALB target groups with their effective settings, and the gateway servers behind them. Rules read these, never raw
// annotations. Source: aws-load-balancer-controller docs and code (pkg/ingress), Istio's gateway port matching (pilot).

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/lookup.h"
#include "model/istio/views.h"
#include "model/k8s/views.h"

namespace hop {

/// A setting in force and where it comes from. `node` is the annotation's value, or absent for the controller's default.
struct Setting {
  std::string_view value;
  yaml::Node node;
  const Resource* set_by = nullptr;  ///< who carries the annotation; nullptr for a default
  bool known = true;                 ///< false for a placeholder
  bool is(std::string_view word) const { return known && value == word; }
};

/// A Gateway server that listens on the port a target group sends to.
struct ServerRef {
  const Resource* gateway;
  GatewayServer server;
};

/// One target group of an ALB: a backend of an Ingress and the Service port behind it.
struct TargetGroup {
  const Resource* ingress = nullptr;
  Ingress::Backend backend;
  Lookup service;
  std::optional<ServicePort> port;  ///< of the service; nullopt when missing or unknown
  Setting protocol;                 ///< backend-protocol: HTTP or HTTPS
  Setting protocol_version;
  Setting target_type;                    ///< instance or ip
  bool assumed = false;                   ///< the gateway Service is not among the manifests; Istio's usual one is taken for it
  std::vector<const Resource*> gateways;  ///< Istio Gateways whose selector matches pods of the service
  std::vector<ServerRef> servers;         ///< of those, the servers on this port
  bool to_gateway() const { return !gateways.empty(); }
};

}  // namespace hop
