// A TLS policy that AWS does not have.
#include "rule/rule.h"
#include "rule/ssl_policy.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    if (annotated.is_ingress()) report_unknown_policy(*annotated.resource, annotated.text("ssl-policy"), report);
  }
}

}  // namespace

extern constinit const Rule alb_ssl_policy_unknown = {
    .info = {.id = "alb-ssl-policy-unknown",
             .summary = "`ssl-policy` of an ALB Ingress names a policy that AWS does not have",
             .docs =
                 "Policies are named `ELBSecurityPolicy-…`. A well-formed name that resembles none of the known ones may be newer than the "
                 "table and is a warning.",
             .effect = "AWS refuses the listener; the controller stops with FailedDeployModel",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
