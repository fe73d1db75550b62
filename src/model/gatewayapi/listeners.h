#pragma once
// Which listeners of a Gateway a route's parentRef means, and what each of them takes.
// Knows nothing of namespaces. Source: gateway-api.sigs.k8s.io/reference/spec (Listener, AllowedRoutes, ParentReference).

#include <vector>

#include "model/gatewayapi/views.h"
#include "model/value.h"

namespace hop {

/// Those with the section's name and the port, where the parentRef gives them; all where it gives neither. `unknown` where a placeholder
/// might hide one.
struct MeantListeners {
  std::vector<yaml::Node> listeners;
  bool unknown = false;
};
MeantListeners meant_listeners(const Resource& gateway, const RouteRef& parent);

/// Whether the listener takes routes of this kind: by `allowedRoutes.kinds`, else by its protocol.
Truth takes_kind(yaml::Node listener, std::string_view route_kind);

/// Whether some host is served by the listener and named by the route; a listener or a route without hosts takes all.
Truth shares_host(yaml::Node listener, yaml::Node route_hostnames);

}  // namespace hop
