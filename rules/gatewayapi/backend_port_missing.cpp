// Backends without a port, or with one that the Service does not have.
#include "model/gatewayapi/views.h"
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_backend(const Graph& graph, const HttpRoute& route, const RouteRef& backend, Report& report) {
  const auto port = integer_of(backend.node["port"]);
  if (backend.kind != Kind::service || port.is_unknown() || !text_of(backend.name()).is_known()) return;
  if (port.is_absent()) {
    if (!may_get(*route, backend.node, {"port"})) report.at(route, backend.name(), "a backend that is a Service needs a `port`");
    return;
  }
  const Lookup found = graph.find(*route, Kind::service, backend.ns, backend.name().str());
  const auto may_have = [&](const Resource& service) {
    const auto match = Service(service).find_port(*port);
    return match.port.has_value() || match.unknown;
  };
  if (!found.found() || found.any(may_have)) return;
  report.at(route, port.node(), format("the Service `{}` has no port {}", found.target->name, *port))
      .note(found.target->spec()["ports"].key_span(), "its ports");
}

void check(const Graph& graph, Report& report) {
  for (Kind kind : {Kind::http_route, Kind::grpc_route, Kind::tls_route, Kind::tcp_route}) {
    for (const Resource* resource : graph.of(kind)) {
      if (!resource->linted()) continue;
      const HttpRoute route(*resource);
      for (const RouteRef& backend : route.backends()) check_backend(graph, route, backend, report);
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_backend_port_missing = {
    .info = {.id = "gatewayapi-backend-port-missing",
             .summary = "a route sends to a port that its backend does not have, or to none",
             .docs = "A backend that is a Service has a `port`: the number of one of the Service's ports, not the target port "
                     "of its pods.",
             .effect = "requests that take this route get 500",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.BackendRef",
             .severity = Severity::error},
    .reads = {Kind::http_route, Kind::grpc_route, Kind::tls_route, Kind::tcp_route, Kind::service},
    .check = check,
};

}  // namespace hop::rules
