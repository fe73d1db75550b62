// An Ingress of a class that does not exist.
#include <algorithm>

#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view usual = "alb";  ///< made by the chart of the AWS Load Balancer Controller

/// Letters in the wrong order, in an Ingress that is meant for that controller. Names like `alb-internal` are classes of somebody's own.
bool is_slip_of_usual(const Graph& graph, const Edge& edge) {
  if (!edge.to.unknown() || edge.name == usual || !std::ranges::is_permutation(edge.name, usual)) return false;
  return graph.is_alb(Ingress(*edge.from)) == Truth::yes;
}

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::ingress_class)) {
    if (is_slip_of_usual(graph, edge)) {
      report.at(*edge.from, edge.place, format("the IngressClass `{}` is not among the manifests; `{}` may be meant", edge.name, usual))
          .severity(Severity::warning)
          .fix(format("change it to `{}`", usual), edge.place, usual, Safety::unsafe);
    }
    if (!edge.to.missing()) continue;
    Finding finding = report.at(*edge.from, edge.place, format("the IngressClass `{}` does not exist", edge.name));
    finding.missing(edge.to).target(format("IngressClass {}", edge.name));
    // The controller's chart makes it.
    if (edge.name == usual) finding.severity(Severity::info);
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
                 "application's manifests: without `complete` nothing is said, but of a slip of `alb` (a warning) in an Ingress with "
                 "`alb.ingress.kubernetes.io/` annotations. `alb` itself, which the AWS Load Balancer Controller's chart makes, is info.",
             .effect = "no controller takes the Ingress",
             .source = "https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references, Kind::ingress_class},
    .check = check,
};

}  // namespace hop::rules
