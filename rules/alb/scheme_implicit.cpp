// A load balancer of which nobody says whether the internet may reach it.
#include <algorithm>

#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    const bool said = std::any_of(group.members.begin(), group.members.end(), [&](const GroupMember& member) {
      return effective(graph.controller(*member.ingress), member, "scheme").set_by != nullptr;
    });
    if (said || !group.whole) continue;
    const Resource& first = *group.members.front().ingress;
    report.at(first, first.name_node(), format("nothing says whether the ALB of `{}` is internal or internet-facing", first.name));
  }
}

}  // namespace

extern constinit const Rule alb_scheme_implicit = {
    .info =
        {.id = "alb-scheme-implicit",
         .summary = "an ALB Ingress does not set `scheme`",
         .docs =
             "Without `scheme` the load balancer is internal, unless the controller runs with `--default-load-balancer-scheme`. A later "
             "change makes a new load balancer with another DNS name, so it is worth saying from the start.",
         .effect = "the load balancer has private addresses only: nobody reaches it from the internet",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#scheme",
         .severity = Severity::info},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
