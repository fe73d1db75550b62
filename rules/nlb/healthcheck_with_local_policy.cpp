// A health check that cannot see which nodes have pods.
#include "model/aws/nlb.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const Service service(resource);
  const nlb::Maker maker = nlb::maker_of(service);
  if (maker != nlb::Maker::controller && maker != nlb::Maker::auto_mode) return;
  const auto policy = text_of(service.spec()["externalTrafficPolicy"]);
  const auto target = nlb::annotation(resource, "nlb-target-type");
  const auto protocol = nlb::annotation(resource, "healthcheck-protocol");
  if (policy.equals("Local") != Truth::yes || target.equals("instance") != Truth::yes || !protocol.is_known()) return;
  if (lower(*protocol) != "tcp") return;
  report.at(resource, protocol.node(), "a TCP health check does not see which nodes have pods")
      .note(policy.node(), "only nodes with pods answer");
}

}  // namespace

extern constinit const Rule nlb_healthcheck_with_local_policy = {
    .info =
        {.id = "nlb-healthcheck-with-local-policy",
         .summary = "an NLB checks instance targets by TCP while the Service keeps traffic on the node",
         .docs =
             "With `externalTrafficPolicy: Local` and instance targets the controller asks kube-proxy's `healthCheckNodePort` over HTTP "
             "by default, which knows whether the node has pods. A TCP check asks the node port itself.",
         .effect = "nodes without pods may count as healthy, and the connections sent to them are dropped",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#healthcheck-protocol",
         .severity = Severity::warning,
         .group = Group::reliability},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
