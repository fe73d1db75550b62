// A TLS policy that AWS does not have.
#include "model/aws/annotations.h"
#include "model/aws/ssl_policies.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    const auto policy = annotated.is_ingress() ? annotated.text("ssl-policy") : Value<std::string_view>::absent({});
    if (!policy.is_known()) continue;
    const aws::OldestTls oldest = aws::oldest_tls(*policy);
    if (oldest != aws::OldestTls::invalid && oldest != aws::OldestTls::unheard) continue;
    Finding finding = report.at(*annotated.resource, policy.node(), format("there is no TLS policy `{}`", shorten(*policy, 60)));
    const auto near = aws::nearest_ssl_policy(*policy);
    if (near) finding.fix(format("change it to `{}`", *near), policy.node(), *near, Safety::unsafe);
    if (oldest == aws::OldestTls::unheard && !near) finding.severity(Severity::warning);
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
