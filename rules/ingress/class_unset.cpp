// An Ingress meant for an ALB that no class gives to the controller.
#include <algorithm>

#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  const auto classes = graph.of(Kind::ingress_class);
  const bool has_default = std::any_of(classes.begin(), classes.end(),
                                       [](const Resource* resource) { return resource->opaque || IngressClass(*resource).is_default(); });
  if (has_default) return;
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    if (!annotated.is_ingress()) continue;
    const Ingress ingress(*annotated.resource);
    if (ingress.class_annotation() || ingress.class_name()) continue;
    Finding finding = report.at_key(*ingress, ingress.spec(), "the Ingress has annotations of an ALB but no class");
    finding.label("`ingressClassName` is not set");
    if (!classes.empty()) finding.note(classes.front()->name_node(), "no class here is the default");
    if (classes.empty() && !graph.world().complete) finding.severity(Severity::info);
  }
}

}  // namespace

extern constinit const Rule ingress_class_unset = {
    .info =
        {.id = "ingress-class-unset",
         .summary = "an Ingress for an ALB has no class, and no class is the default",
         .docs =
             "The AWS Load Balancer Controller takes an Ingress whose class is its own: by `spec.ingressClassName`, by the annotation "
             "`kubernetes.io/ingress.class: alb`, or by a default class. Its annotations alone do not count.\n\nA warning where classes "
             "are among the manifests and none is the default, else info: a default class may be installed elsewhere.",
         .effect = "the controller passes over the Ingress; no load balancer is made",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/",
         .severity = Severity::warning},
    .reads = {Facet::entry, Kind::ingress_class},
    .check = check,
};

}  // namespace hop::rules
