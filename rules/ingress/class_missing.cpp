// An Ingress of a class that does not exist.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::ingress_class)) {
    if (!edge.to.missing()) continue;
    Finding finding = report.at(*edge.from, edge.place, format("the IngressClass `{}` does not exist", edge.name));
    finding.missing(edge.to).target(format("IngressClass {}", edge.name));
    // The controller's chart makes it.
    if (edge.name == "alb") finding.severity(Severity::info);
    if (edge.to.near != nullptr)
      finding.fix(format("change it to `{}`", edge.to.near->name), edge.place, edge.to.near->name, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule ingress_class_missing = {
    .info = {.id = "ingress-class-missing",
             .summary = "an Ingress names an IngressClass that does not exist",
             .docs =
                 "`spec.ingressClassName` names an IngressClass, which the chart of each controller brings. Classes are seldom among an "
                 "application's manifests: without `complete` nothing is said. `alb`, which the AWS Load Balancer Controller's chart "
                 "makes, is info.",
             .effect = "no controller takes the Ingress",
             .source = "https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
