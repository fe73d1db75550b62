#include "graph/attachments.h"

namespace hop {

std::vector<Attachment> attachments(const Graph& graph) {
  std::vector<Attachment> all;
  for (Kind kind : {Kind::http_route, Kind::grpc_route, Kind::tls_route, Kind::tcp_route}) {
    for (const Resource* resource : graph.of(kind)) {
      if (!resource->linted()) continue;
      const HttpRoute route(*resource);
      for (const RouteRef& parent : route.parents()) {
        if (parent.kind != Kind::k8s_gateway) continue;
        Lookup gateway = graph.find(*route, Kind::k8s_gateway, parent.ns, parent.name().str());
        if (gateway.found()) all.push_back({route, parent, std::move(gateway)});
      }
    }
  }
  return all;
}

}  // namespace hop
