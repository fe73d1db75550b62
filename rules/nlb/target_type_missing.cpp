// A load balancer that its annotations leave to nobody.
#include "model/aws/nlb.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  if (nlb::maker_of(Service(resource)) != nlb::Maker::nobody) return;
  Finding finding = report.at(resource, nlb::annotation(resource, "type").node(), "type `external` needs a target type beside it");
  if (auto edit = add_pair(resource.annotations(), "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type", "instance"))
    finding.fix("add `aws-load-balancer-nlb-target-type: instance`", {*edit}, Safety::unsafe);
}

}  // namespace

extern constinit const Rule nlb_target_type_missing = {
    .info =
        {.id = "nlb-target-type-missing",
         .summary = "a Service leaves its load balancer to an external controller but gives no target type",
         .docs =
             "`aws-load-balancer-type: external` tells the cloud provider to keep off. The AWS Load Balancer Controller takes the Service "
             "only with `aws-load-balancer-nlb-target-type: ip` or `instance` beside it, or with `spec.loadBalancerClass`, which its "
             "webhook writes into Services that are created while it runs.",
         .effect = "unless the controller's webhook was there first, nobody makes the load balancer and the Service stays pending",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/#configuration",
         .severity = Severity::warning,
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
