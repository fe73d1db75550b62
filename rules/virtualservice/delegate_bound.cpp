// Delegates with what only a root VirtualService may have.
#include "model/istio/field_sets.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  if (resource.opaque || !vs.spec().is_mapping() || istio::is_set(vs.spec()["hosts"]) || vs.spec()["hosts"].is_scalar()) return;
  for (const std::string_view field : {"gateways", "tls", "tcp"}) {
    if (!istio::is_set(vs.spec()[field])) continue;
    report.at_key(resource, vs.spec()[field], format("a VirtualService without `hosts` is a delegate and has no `{}`", field))
        .alias("IST0106");
  }
  for (yaml::Node route : vs.spec()["http"].items()) {
    if (!istio::is_set(route["delegate"])) continue;
    report.at_key(resource, route["delegate"], "a delegate does not delegate further").alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule virtualservice_delegate_bound = {
    .info = {.id = "virtualservice-delegate-bound",
             .summary = "a delegate VirtualService has bindings of its own",
             .docs = "A VirtualService without `hosts` holds routes that another one delegates to. Gateways, TLS and TCP routes "
                     "and further delegates belong to that other one.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
