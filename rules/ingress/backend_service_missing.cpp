// An Ingress backend that names no Service.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::ingress_backend)) {
    if (!edge.to.missing()) continue;
    Finding finding = report.at(*edge.from, edge.place, format("the Service `{}` does not exist in the Ingress's namespace", edge.name))
                          .missing(edge.to)
                          .target(format("Service {}/{}", edge.ns, edge.name));
    if (edge.to.near != nullptr)
      finding.fix(format("change it to `{}`", edge.to.near->name), edge.place, edge.to.near->name, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule ingress_backend_service_missing = {
    .info = {.id = "ingress-backend-service-missing",
             .summary = "an Ingress sends requests to a Service that does not exist",
             .docs =
                 "A backend is looked up in the Ingress's own namespace; there is no way to name another. Missing is concluded only where "
                 "something proves it: another Service of that namespace is among the manifests, or they are declared complete.\n\n"
                 "Declare a Service that lives elsewhere with `known: [\"Service ns/name\"]`.",
             .effect = "the load balancer answers 503 to every request of this path",
             .source = "https://kubernetes.io/docs/concepts/services-networking/ingress/; aws-load-balancer-controller pkg/ingress",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
