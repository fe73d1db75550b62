// A route for a port that its Service does not have.
#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_route(const Graph& graph, const HttpRoute& route, Report& report) {
  for (const RouteRef& parent : route.parents()) {
    const auto port = integer_of(parent.node["port"]);
    if (parent.kind != Kind::service || !port.is_known()) continue;
    const Lookup found = graph.find(*route, Kind::service, parent.ns, parent.name().str());
    const auto may_have = [&](const Resource& service) {
      const Service::PortMatch match = Service(service).find_port(*port);
      return match.port.has_value() || match.unknown || service.patched;
    };
    if (!found.found() || found.any(may_have)) continue;
    report.at(route, port.node(), format("the Service `{}` has no port {} for the route", found.target->name, *port))
        .note(found.target->spec()["ports"] ? found.target->spec()["ports"] : found.target->name_node(), "its ports");
  }
}

void check(const Graph& graph, Report& report) {
  for (Kind kind : HttpRoute::kinds()) {
    for (const Resource* route : graph.of(kind)) {
      if (route->linted()) check_route(graph, HttpRoute(*route), report);
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_parent_port_missing = {
    .info = {.id = "gatewayapi-parent-port-missing",
             .summary = "a route of a mesh is for a port that its Service does not have",
             .docs = "A route whose parent is a Service holds for calls to that Service: with `port` for one port of it, else for all.",
             .effect = "the route holds for nothing: calls go to the Service as if it were not there",
             .source = "https://gateway-api.sigs.k8s.io/mesh/service-facets/",
             .severity = Severity::error},
    .reads = {Kind::http_route, Kind::grpc_route, Kind::service},
    .check = check,
};

}  // namespace hop::rules
