// A route to a Service of another namespace that does not allow it.
#include "graph/grants.h"
#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_route(const Graph& graph, const ReferenceGrants& grants, const HttpRoute& route, Report& report) {
  for (const RouteRef& backend : route.backends()) {
    if (backend.kind != Kind::service || route->ns.empty() || backend.ns == route->ns || !route->ns_known) continue;
    const Lookup service = graph.find(*route, Kind::service, backend.ns, backend.name().str());
    if (!service.found() || grants.allow(*route, route->kind_name, backend.ns, "Service", backend.name().str()) != Truth::no) continue;
    // Without the other namespace's manifests the grant may be among those that are not here.
    const bool complete = graph.complete(backend.ns);
    if (!complete && !service.target->linted()) continue;
    Finding finding =
        report.at(route, backend.node["namespace"], format("no ReferenceGrant in namespace `{}` allows this reference", backend.ns));
    finding.alias("KIA1402").note(service.target->name_node(), "the Service");
    if (!complete) finding.severity(Severity::warning);
  }
}

void check(const Graph& graph, Report& report) {
  const ReferenceGrants grants(graph);
  for (Kind kind : HttpRoute::kinds()) {
    for (const Resource* route : graph.of(kind)) {
      if (route->linted()) check_route(graph, grants, HttpRoute(*route), report);
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_backend_not_granted = {
    .info = {.id = "gatewayapi-backend-not-granted",
             .summary = "an HTTPRoute or GRPCRoute sends to a Service of another namespace without a ReferenceGrant",
             .docs = "A backend in another namespace needs a ReferenceGrant there whose `from` names the route's kind and namespace and "
                     "whose `to` names "
                     "Services. Parents need none.\n\nA warning where the other namespace may hold more than the manifests.",
             .effect = "the reference is refused; requests that take this route get 500",
             .source = "https://gateway-api.sigs.k8s.io/api-types/referencegrant/",
             .severity = Severity::error,
             .aliases = {"KIA1402"}},
    .reads = {Kind::http_route, Kind::grpc_route, Kind::service, Kind::reference_grant},
    .check = check,
};

}  // namespace hop::rules
