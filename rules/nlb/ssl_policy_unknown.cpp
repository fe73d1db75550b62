// A TLS policy of a Service's load balancer that AWS does not have.
#include "model/aws/nlb.h"
#include "rule/rule.h"
#include "rule/ssl_policy.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const nlb::Maker maker = nlb::maker_of(Service(resource));
  if (maker == nlb::Maker::none || maker == nlb::Maker::unknown || maker == nlb::Maker::other) return;
  report_unknown_policy(resource, nlb::annotation(resource, "ssl-negotiation-policy"), report);
}

}  // namespace

extern constinit const Rule nlb_ssl_policy_unknown = {
    .info = {.id = "nlb-ssl-policy-unknown",
             .summary = "`ssl-negotiation-policy` of a Service's load balancer names a policy that AWS does not have",
             .docs =
                 "Policies are named `ELBSecurityPolicy-…`, on an NLB as on an ALB. A well-formed name that resembles none of the known "
                 "ones may be newer than the table and is a warning.",
             .effect = "AWS refuses the listener: nothing listens on the TLS ports",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
