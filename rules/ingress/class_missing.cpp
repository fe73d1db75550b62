// An Ingress of a class that does not exist.
#include <algorithm>

#include "model/aws/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// `alb` with two letters swapped or one too few or too many, on an Ingress that has annotations for an ALB.
bool is_misspelt_alb(const Edge& edge) {
  constexpr std::string_view meant = "alb";
  const std::string_view name = edge.name;
  const bool swapped = name.size() == meant.size() && std::ranges::is_permutation(name, meant);
  if (name.size() < meant.size() || name == meant || !(swapped || (name.size() > meant.size() && slip(name, meant)))) return false;
  return std::ranges::any_of(edge.from->annotations().entries(),
                             [](const yaml::Entry& entry) { return entry.key.str().starts_with(alb::prefix); });
}

void report_misspelt(const Edge& edge, Report& report) {
  report.at(*edge.from, edge.place, format("the class `{}` resembles `alb`, whose annotations the Ingress has", edge.name))
      .severity(Severity::warning)
      .fix("change it to `alb`", edge.place, "alb", Safety::unsafe);
}

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::ingress_class)) {
    if (edge.to.unknown() && is_misspelt_alb(edge)) report_misspelt(edge, report);
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
                 "application's manifests: without `complete` nothing is said but of a class that is a slip for `alb`. `alb`, which the "
                 "AWS Load Balancer Controller's chart "
                 "makes, is info.",
             .effect = "no controller takes the Ingress",
             .source = "https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
