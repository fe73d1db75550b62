// A load balancer that is internal because nothing says otherwise.
#include "model/aws/nlb.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  if (nlb::maker_of(Service(resource)) != nlb::Maker::controller) return;
  if (!nlb::annotation(resource, "scheme").is_absent() || !nlb::annotation(resource, "internal").is_absent()) return;
  report.at(resource, resource.annotations(), "the load balancer is internal: no scheme is set");
}

}  // namespace

extern constinit const Rule nlb_scheme_unset = {
    .info = {.id = "nlb-scheme-unset",
             .summary = "a Service's load balancer has no scheme and is internal by default",
             .docs = "The cloud provider inside Kubernetes makes load balancers that face the internet unless told otherwise; the AWS Load "
                     "Balancer "
                     "Controller makes internal ones. Say which: `aws-load-balancer-scheme: internal` or `internet-facing`.",
             .effect = "the load balancer is reached from inside the VPC only",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#lb-scheme",
             .severity = Severity::info},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
