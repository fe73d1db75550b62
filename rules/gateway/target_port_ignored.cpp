// `targetPort` on a Gateway or Sidecar.
#include "model/field_path.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_port(const Resource& resource, yaml::Node port, Report& report) {
  const auto target = integer_of(port["targetPort"]);
  if (!target.is_known() || *target <= 0) return;
  Finding finding = report.at_key(resource, target.node(), format("`targetPort` has no place on a {}", resource.kind_name));
  finding.alias("IST0106");
  if (auto edit = remove_pair(port, target.node())) finding.fix("remove `targetPort`", {*edit}, Safety::unsafe);
}

void check_one(const Resource& resource, Report& report) {
  for (const std::string_view path : {"spec.servers[].port", "spec.ingress[].port", "spec.egress[].port"}) {
    for (yaml::Node port : nodes_at(resource.root, path)) check_port(resource, port, report);
  }
}

}  // namespace

extern constinit const Rule gateway_target_port_ignored = {
    .info = {.id = "gateway-target-port-ignored",
             .summary = "a port of a Gateway or Sidecar has a `targetPort`",
             .docs = "A Gateway's server listens on `number`, which is the target port of the gateway's Service. Where requests "
                     "go from there a VirtualService says. A Sidecar's listener forwards to `defaultEndpoint`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#Port",
             .severity = Severity::error,
             .aliases = {"IST0106"},
             .fixes = FixPolicy::sometimes,
             .ineffective = true},
    .reads = {Kind::gateway, Kind::sidecar},
    .check_one = check_one,
};

}  // namespace hop::rules
