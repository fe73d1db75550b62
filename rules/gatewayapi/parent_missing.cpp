// A route attached to a Gateway that does not exist.
#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_route(const Graph& graph, const HttpRoute& route, Report& report) {
  for (const RouteRef& parent : route.parents()) {
    const auto name = text_of(parent.name());
    if (parent.kind != Kind::k8s_gateway || !name.is_known() || yaml::is_placeholder(parent.ns)) continue;
    const Lookup found = graph.find(*route, Kind::k8s_gateway, parent.ns, *name);
    if (!found.missing()) continue;
    const std::string where = parent.ns.empty() ? "" : format(" in namespace `{}`", parent.ns);
    Finding finding = report.at(route, name.node(), format("the Gateway `{}` does not exist{}", *name, where));
    finding.alias("KIA1401").missing(found).target(format("Gateway {}/{}", parent.ns, *name));
    if (found.near != nullptr) finding.fix(format("change it to `{}`", found.near->name), name.node(), found.near->name, Safety::unsafe);
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

extern constinit const Rule gatewayapi_parent_missing = {
    .info = {.id = "gatewayapi-parent-missing",
             .summary = "an HTTPRoute or GRPCRoute is attached to a Gateway that does not exist",
             .docs = "A parent without `kind` is a Gateway, one without `namespace` lives beside the route.\n\n"
                     "Declare a Gateway that lives elsewhere with `known: [\"Gateway.gateway.networking.k8s.io ns/name\"]`.",
             .effect = "the route is attached to nothing; requests for its hosts get 404",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.ParentReference",
             .severity = Severity::error,
             .aliases = {"KIA1401"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::http_route, Kind::grpc_route, Kind::k8s_gateway},
    .check = check,
};

}  // namespace hop::rules
