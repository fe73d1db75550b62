// A route that names a Service that does not exist.
#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_ref(const Graph& graph, const HttpRoute& route, const RouteRef& ref, Report& report) {
  const auto name = text_of(ref.name());
  if (ref.kind != Kind::service || !name.is_known() || yaml::is_placeholder(ref.ns)) return;
  if ((*name).find('.') != std::string_view::npos) {
    report.at(route, name.node(), format("`{}` is a host: a Service is named without its namespace", *name)).alias("KIA1402");
    return;
  }
  const Lookup found = graph.find(*route, Kind::service, ref.ns, *name);
  if (!found.missing()) return;
  const std::string where = ref.ns.empty() ? "" : format(" in namespace `{}`", ref.ns);
  Finding finding = report.at(route, name.node(), format("the Service `{}` does not exist{}", *name, where));
  finding.alias("KIA1402").missing(found).target(format("Service {}/{}", ref.ns, *name));
  if (found.near != nullptr) finding.fix(format("change it to `{}`", found.near->name), name.node(), found.near->name, Safety::unsafe);
}

void check(const Graph& graph, Report& report) {
  for (Kind kind : HttpRoute::kinds()) {
    for (const Resource* resource : graph.of(kind)) {
      if (!resource->linted()) continue;
      const HttpRoute route(*resource);
      for (const RouteRef& parent : route.parents()) check_ref(graph, route, parent, report);
      for (const RouteRef& backend : route.backends()) check_ref(graph, route, backend, report);
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_service_missing = {
    .info = {.id = "gatewayapi-service-missing",
             .summary = "an HTTPRoute or GRPCRoute names a Service that does not exist",
             .docs = "Looks at backends, mirrors and, for routes inside the mesh, parents. A backend without `kind` is a Service, one "
                     "without `namespace` "
                     "lives beside the route; the name never holds a dot.",
             .effect = "requests that take this route get 500",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.BackendRef",
             .severity = Severity::error,
             .aliases = {"KIA1402"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::http_route, Kind::grpc_route, Kind::service},
    .check = check,
};

}  // namespace hop::rules
