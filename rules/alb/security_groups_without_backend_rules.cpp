// Security groups of one's own, and nobody who lets the load balancer through to the targets.
#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    Setting own;
    bool managed = false;
    for (const GroupMember& member : group.members) {
      const Controller& controller = graph.controller(*member.ingress);
      const Setting groups = effective(controller, member, "security-groups");
      const bool some = groups.set_by != nullptr && groups.known && !aws::string_list(groups.value).empty();
      if (own.set_by == nullptr && some) own = groups;
      const Setting rules = effective(controller, member, "manage-backend-security-group-rules");
      managed = managed || !rules.known || aws::parse_bool(rules.value).value_or(true);
    }
    if (own.set_by == nullptr || managed) continue;
    Finding finding = report.at(*own.set_by, own.node, "the controller does not let these security groups through to the targets");
    finding.label("`manage-backend-security-group-rules` is not set");
    if (!own.from(Kind::ingress)) continue;
    const std::string key = std::string(alb::prefix) + "manage-backend-security-group-rules";
    if (auto edit = add_pair(own.set_by->annotations(), key, "true")) {
      finding.fix("let the controller make the rules", {*edit}, Safety::unsafe);  // Terraform may make them
    }
  }
}

}  // namespace

extern constinit const Rule alb_security_groups_without_backend_rules = {
    .info =
        {.id = "alb-security-groups-without-backend-rules",
         .summary = "an ALB has security groups of its own and no rules that admit them at the targets",
         .docs =
             "With `security-groups` the controller no longer opens the security groups of nodes and pods for the load balancer, unless "
             "`manage-backend-security-group-rules: \"true\"` stands beside it or the controller runs with "
             "`--enable-manage-backend-security-group-rules`.\n\nWhere Terraform or the like makes those rules, ignore this one.",
         .effect = "unless the rules are made by other means, targets time out: 504",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/"
                   "#manage-backend-security-group-rules",
         .severity = Severity::warning,
         .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
