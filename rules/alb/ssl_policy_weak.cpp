// A listener that still speaks TLS 1.0 or 1.1.
#include <set>

#include "model/aws/ssl_policies.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::string_view weakness(std::string_view policy) {
  switch (aws::oldest_tls(policy)) {
    case aws::OldestTls::tls_1_0:
      return "TLS 1.0";
    case aws::OldestTls::tls_1_1:
      return "TLS 1.1";
    default:
      return "";
  }
}

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  for (const IngressGroup& group : graph.ingress_groups()) {
    for (const Listener& listener : group.listeners) {
      const Setting& policy = listener.ssl_policy;
      const std::string_view weak = policy.known ? weakness(policy.value) : "";
      // The default is weak too, but a finding for each listener without a policy says nothing new.
      if (!group.known || !listener.https || weak.empty() || policy.set_by == nullptr || !policy.set_by->linted()) continue;
      if (!told.insert(policy.node.span()).second) continue;
      report.at(*policy.set_by, policy.node, format("the TLS policy lets clients speak {}", weak));
    }
  }
}

}  // namespace

extern constinit const Rule alb_ssl_policy_weak = {
    .info = {.id = "alb-ssl-policy-weak",
             .summary = "an HTTPS listener of an ALB accepts TLS 1.0 or 1.1",
             .docs =
                 "TLS 1.0 and 1.1 are deprecated (RFC 8996). The controller's default, `ELBSecurityPolicy-2016-08`, still accepts both and "
                 "knows no TLS 1.3; `ELBSecurityPolicy-TLS13-1-2-Res-2021-06` is AWS's recommendation.\n\nOnly a policy that is written is "
                 "reported.",
             .effect = "clients can be held to versions of TLS with known weaknesses; audits report the listener",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
             .severity = Severity::warning,
             .group = Group::security},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
