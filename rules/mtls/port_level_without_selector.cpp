// mTLS modes of ports for no workload in particular.
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const yaml::Node ports = resource.spec()["portLevelMtls"];
  if (!ports.is_mapping()) return;
  const PeerAuthentication policy(resource);
  if (ports.size() == 0) {
    report.at_key(resource, ports, "`portLevelMtls` is empty").alias("IST0106");
  } else if (!policy.selects_workloads() && !may_get(resource, resource.spec(), {"selector"})) {
    report.at_key(resource, ports, "`portLevelMtls` needs a `selector`: ports belong to workloads").alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule mtls_port_level_without_selector = {
    .info = {.id = "mtls-port-level-without-selector",
             .summary = "a PeerAuthentication sets modes of ports and selects no workload",
             .docs = "`portLevelMtls` is for the workloads that `selector.matchLabels` selects. A policy for the namespace or "
                     "the mesh has one mode for all ports.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/security/peer_authentication/",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"IST0106"},
             .ineffective = true},
    .reads = {Kind::peer_authentication},
    .check_one = check_one,
};

}  // namespace hop::rules
