#pragma once
// Routes that send plain HTTP to a port which says that it speaks TLS. Rules of each kind of sender read this.
// Sources: istio.io "Protocol selection" and "Understanding TLS Configuration"; Kubernetes Service `appProtocol`.

#include <vector>

#include "graph/graph.h"

namespace hop {

/// What a port says it speaks, if that is TLS: its `appProtocol`, else its name, or the `protocol` of a ServiceEntry's port; absent for
/// others. A port that shares its target port with one for plain text is none: TLS ended before it there.
yaml::Node tls_word_of(const Service& service, const ServicePort& port);

struct PlainToTls {
  const Resource* from = nullptr;
  yaml::Node place;                  ///< the backend or destination that names the target
  const Resource* target = nullptr;  ///< Service or ServiceEntry
  yaml::Node word;                   ///< what its port says
};

/// HTTP routes of a linted VirtualService, in source order. Left out: hosts for which some DestinationRule opens TLS, or may.
std::vector<PlainToTls> routes_to_tls(const Graph& graph, const VirtualService& vs);
/// Backends of linted HTTPRoutes. Left out: Services that a DestinationRule, a BackendTLSPolicy or a TargetGroupConfiguration is about.
std::vector<PlainToTls> http_routes_to_tls(const Graph& graph);

}  // namespace hop
