#pragma once
// Which Gateways the routes of the Gateway API are attached to.
// Knows nothing of what a listener takes (model/gatewayapi/listeners.h). Source: gateway-api.sigs.k8s.io/reference/spec (ParentReference).

#include <vector>

#include "graph/graph.h"
#include "model/gatewayapi/views.h"

namespace hop {

/// A parentRef of a linted route, and the Gateway that it names.
struct Attachment {
  HttpRoute route;
  RouteRef parent;
  Lookup gateway;  ///< always found
};

/// Of HTTPRoutes, GRPCRoutes, TLSRoutes and TCPRoutes, in source order for each.
std::vector<Attachment> attachments(const Graph& graph);

/// Whether a listener takes routes from the namespace of `route`, by `allowedRoutes.namespaces`; `Same` is the default.
Truth takes_namespace(const Graph& graph, yaml::Node listener, const Resource& gateway, const Resource& route);

/// What attachments() looks at.
inline constexpr KindSet attachment_kinds{Kind::http_route, Kind::grpc_route, Kind::tls_route, Kind::tcp_route, Kind::k8s_gateway};

}  // namespace hop
