// A route attached to a Gateway that takes none from its namespace.
#include "graph/attachments.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

Truth takes(const Graph& graph, const Resource& gateway, const RouteRef& parent, const Resource& route) {
  if (gateway.opaque) return Truth::unknown;
  const auto section = text_of(parent.node["sectionName"]);
  Truth any = Truth::no;
  bool found = false;
  for (yaml::Node listener : K8sGateway(gateway).listeners()) {
    if (section.is_known() && text_of(listener["name"]).equals(*section) == Truth::no) continue;
    found = true;
    any = any || takes_namespace(graph, listener, gateway, route);
  }
  return found ? any : Truth::unknown;  // that there is no such listener is told by itself
}

void check_route(const Graph& graph, const HttpRoute& route, Report& report) {
  for (const RouteRef& parent : route.parents()) {
    if (parent.kind != Kind::k8s_gateway || parent.ns == route->ns) continue;
    const Lookup found = graph.find(*route, Kind::k8s_gateway, parent.ns, parent.name().str());
    if (!found.found() || found.any([&](const Resource& gateway) { return takes(graph, gateway, parent, *route) != Truth::no; })) continue;
    const yaml::Node listeners = found.target->root["spec"]["listeners"];
    Finding finding =
        report.at(route, parent.name(), format("the Gateway `{}` takes no routes from namespace `{}`", found.target->name, route->ns));
    finding.alias("KIA1401").note(listeners[0]["name"], "no listener allows that namespace");
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

extern constinit const Rule gatewayapi_parent_refuses_namespace = {
    .info = {.id = "gatewayapi-parent-refuses-namespace",
             .summary = "an HTTPRoute or GRPCRoute is attached to a Gateway that takes no routes from its namespace",
             .docs = "Listeners take routes of the Gateway's own namespace unless `allowedRoutes.namespaces.from` says `All`, or "
                     "`Selector` with labels that "
                     "the route's namespace has. With `sectionName` only that listener counts.",
             .effect = "the route is not accepted; requests for its hosts get 404",
             .source = "https://gateway-api.sigs.k8s.io/guides/multiple-ns/",
             .severity = Severity::error,
             .aliases = {"KIA1401"}},
    .reads = {Kind::http_route, Kind::grpc_route, Kind::k8s_gateway, Kind::namespace_},
    .check = check,
};

}  // namespace hop::rules
