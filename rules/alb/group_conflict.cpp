// Ingresses of one group that disagree about their common load balancer.
#include "graph/group_conflicts.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    for (const GroupConflict& conflict : conflicts_in(graph, group)) {
      report.at(*conflict.ingress, conflict.place, format("`{}` differs within the group `{}`", conflict.name, group.name))
          .note(conflict.first, "another Ingress of it says this");
    }
  }
}

}  // namespace

extern constinit const Rule alb_group_conflict = {
    .info = {.id = "alb-group-conflict",
             .summary = "the Ingresses of one group disagree about a setting of their load balancer",
             .docs =
                 "Ingresses with one `group.name` share a load balancer. What holds for all of it (scheme, subnets, security groups, WAF, "
                 "redirect, attributes, tags) may be set on one of them, or on several with the same value. `ssl-policy` must agree "
                 "among those that open the same port.",
             .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#ingressgroup",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
