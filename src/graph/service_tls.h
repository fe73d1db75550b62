#pragma once
// Ports of Services whose own load balancer on AWS (NLB or Classic) ends the clients' TLS, and what it sends on to gateways.
// Source: aws-load-balancer-controller docs/guide/service/annotations.md, pkg/service/model_build_listener.go.

#include <span>
#include <vector>

#include "graph/graph.h"

namespace hop {

/// What the load balancer of a Service does with TLS on one of its ports.
struct TlsAtPort {
  Truth ends_tls = Truth::no;  ///< whether it ends the client's TLS; else it passes bytes on as they are
  /// Where it does, whether it opens TLS towards the pods. Unknown for `https`, which means that to the older controller only.
  Truth opens_tls = Truth::no;
  yaml::Node certificate;  ///< aws-load-balancer-ssl-cert; may be absent
  yaml::Node protocol;     ///< aws-load-balancer-backend-protocol; may be absent
};
TlsAtPort tls_at(const Service& service, const ServicePort& port);

struct TlsPort : TlsAtPort {
  Service service;
  ServicePort port;
  std::span<const ServerRef> servers;  ///< Gateway servers behind the port
};

/// Of linted Services of type LoadBalancer, in source order; those that lead to no gateway are left out.
std::vector<TlsPort> tls_ports(const Graph& graph);

}  // namespace hop
