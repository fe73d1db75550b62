// `*` as a host in the mesh.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  if (!vs.applies_to_mesh()) return;
  for (yaml::Node node : vs.hosts()) {
    if (node.str() != "*") continue;
    report.at(resource, node, "host `*` is not allowed for sidecars; name the hosts, or a Gateway").alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule virtualservice_wildcard_in_mesh = {
    .info = {.id = "virtualservice-wildcard-in-mesh",
             .summary = "a VirtualService for sidecars has the host `*`",
             .docs = "Without `gateways`, or with `mesh` among them, a VirtualService is for sidecars, and every one of its "
                     "hosts has to be named. `*` is for gateways.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
