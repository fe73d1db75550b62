// The class annotation, which the class's parameters do not reach.
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    for (const GroupMember& member : group.members) {
      const Ingress ingress(*member.ingress);
      const auto name = text_of(ingress.class_annotation());
      if (!name.is_known()) continue;
      const Lookup found = graph.find(*ingress, Kind::ingress_class, "", *name);
      if (!found.found() || found.target->spec()["parameters"]["kind"].str() != "IngressClassParams") continue;
      Finding finding = report.at(ingress, name.node(), format("the parameters of class `{}` do not hold for the class annotation", *name));
      finding.note(found.target->spec()["parameters"], "these are not read");
      if (ingress.class_name().str() != *name) continue;
      if (auto edit = remove_pair(ingress->annotations(), name.node())) finding.fix("take the annotation out", {*edit}, Safety::unsafe);
    }
  }
}

}  // namespace

extern constinit const Rule ingress_class_parameters_bypassed = {
    .info = {.id = "ingress-class-parameters-bypassed",
             .summary = "an Ingress names its class by annotation, so the class's parameters do not hold for it",
             .docs =
                 "The AWS Load Balancer Controller takes Ingresses with the annotation `kubernetes.io/ingress.class` without looking at "
                 "the IngressClass of that name; its IngressClassParams (scheme, group, subnets, certificates) are not read. Use "
                 "`spec.ingressClassName`.",
             .effect = "what the class lays down is not applied",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/",
             .severity = Severity::warning,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::ingress_class, Facet::entry},
    .check = check,
};

}  // namespace hop::rules
