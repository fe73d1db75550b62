// More rules than a load balancer takes.
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::size_t quota = 100;  // "rules per Application Load Balancer, not counting default rules"; can be raised

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    std::size_t count = 0;
    for (const Listener& listener : group.listeners) count += listener.rules.size();
    if (!group.known || count <= quota) continue;
    const Resource& first = *group.members.front().ingress;
    Finding finding = report.at(first, first.name_node(), format("{} rules on one load balancer; {} are allowed by default", count, quota));
    if (group.members.size() > 1) finding.label(format("first of {} Ingresses of group `{}`", group.members.size(), group.name));
  }
}

}  // namespace

extern constinit const Rule alb_too_many_rules = {
    .info = {.id = "alb-too-many-rules",
             .summary = "the Ingresses of a group make more rules than an ALB takes by default",
             .docs =
                 "Each path makes a rule on every listener of its Ingress that does not redirect. AWS allows 100 rules for a load balancer "
                 "unless the quota is raised.\n\nSet `ssl-redirect`, so that HTTP listeners need no rules, or split the group.",
             .effect = "AWS answers TooManyRules, and no Ingress of the group is updated any more",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
             .severity = Severity::warning,
             .group = Group::reliability},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
