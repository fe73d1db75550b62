// Inbound rules beside security groups that replace them.
#include "model/aws/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    const AlbAnnotation* groups = annotated.is_ingress() ? annotated.find("security-groups") : nullptr;
    if (groups == nullptr || groups->text().value_or("x").empty()) continue;
    for (std::string_view suffix : {"inbound-cidrs", "security-group-prefix-lists"}) {
      const AlbAnnotation* ignored = annotated.find(suffix);
      if (ignored == nullptr) continue;
      report.at_key(*annotated.resource, ignored->value, format("`{}` has no effect beside `security-groups`", suffix))
          .note(groups->value, "these security groups decide alone");
    }
  }
}

}  // namespace

extern constinit const Rule alb_inbound_rules_ignored = {
    .info = {.id = "alb-inbound-rules-ignored",
             .summary = "an ALB Ingress limits its sources by annotation, but security groups of its own replace that",
             .docs = "`inbound-cidrs` and `security-group-prefix-lists` are rules of the security group that the controller makes. With "
                     "`security-groups` it makes none: who may connect is decided by the rules of those groups.",
             .effect = "the ALB is as open or as closed as its security groups, whatever the annotation says",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#security-groups",
             .severity = Severity::warning,
             .group = Group::security,
             .ineffective = true},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
