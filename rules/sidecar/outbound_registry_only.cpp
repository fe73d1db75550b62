// A Sidecar that lets workloads reach known hosts only, perhaps without meaning to.
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const yaml::Node policy = Sidecar(resource).spec()["outboundTrafficPolicy"];
  const auto mode = text_of(policy["mode"]);
  if (!policy.is_mapping() || mode.is_unknown()) return;
  if (mode.is_absent()) {
    report.at_key(resource, policy, "`outboundTrafficPolicy` without a mode is `REGISTRY_ONLY`").alias("KIA1007");
  } else if (*mode == "REGISTRY_ONLY") {
    report.at(resource, mode.node(), "workloads reach only hosts that the mesh knows").alias("KIA1007");
  }
}

}  // namespace

extern constinit const Rule sidecar_outbound_registry_only = {
    .info = {.id = "sidecar-outbound-registry-only",
             .summary = "a Sidecar cuts workloads off from hosts the mesh does not know",
             .docs = "REGISTRY_ONLY is the value of an `outboundTrafficPolicy` without `mode`, other than in the mesh configuration, where "
                     "ALLOW_ANY is. "
                     "Often wanted; then ignore this.",
             .effect = "requests to hosts without a Service or ServiceEntry are refused",
             .source = "https://istio.io/latest/docs/reference/config/networking/sidecar/#OutboundTrafficPolicy-Mode",
             .severity = Severity::info,
             .group = Group::policy,
             .aliases = {"KIA1007"}},
    .reads = {Kind::sidecar},
    .check_one = check_one,
};

}  // namespace hop::rules
