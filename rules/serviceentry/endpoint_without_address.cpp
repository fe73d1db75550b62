// Endpoints that nothing leads to.
#include "model/field_path.h"
#include "model/istio/field_sets.h"
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_endpoint(const Resource& resource, yaml::Node endpoint, Report& report) {
  const auto address = text_of(endpoint["address"]);
  if (!endpoint.is_mapping() || address.is_unknown()) return;
  const bool none = address.is_absent() || (*address).empty();
  if (none && may_get(resource, endpoint, {"address", "network"})) return;
  if (none && !istio::is_set(endpoint["network"])) {
    report.at(resource, address.node(), "an endpoint needs an `address`").alias("IST0106");
  } else if (none) {
    report.at(resource, address.node(), "an endpoint without `address` is reached only through its network's gateway")
        .alias("IST0133")
        .severity(Severity::info)
        .effect("workloads of the same network do not reach it");
  } else if ((*address).starts_with("unix://") && endpoint["ports"].size() > 0) {
    report.at_key(resource, endpoint["ports"], "a unix socket has no `ports`").alias("IST0106");
  }
}

void check_one(const Resource& resource, Report& report) {
  if (resource.kind == Kind::workload_entry) check_endpoint(resource, resource.spec(), report);
  for (yaml::Node endpoint : nodes_at(resource.root, "spec.endpoints[]")) check_endpoint(resource, endpoint, report);
}

}  // namespace

extern constinit const Rule serviceentry_endpoint_without_address = {
    .info = {.id = "serviceentry-endpoint-without-address",
             .summary = "an endpoint has no address, or ports beside a unix socket",
             .docs = "Endpoints of a ServiceEntry and WorkloadEntries have an `address`: an IP address, a name that DNS knows, "
                     "or a unix socket, which has no ports. Only one in another `network` may leave it out: it is reached "
                     "through that network's gateway.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/workload-entry/#WorkloadEntry",
             .severity = Severity::error,
             .aliases = {"IST0106", "IST0133"}},
    .reads = {Kind::service_entry, Kind::workload_entry},
    .check_one = check_one,
};

}  // namespace hop::rules
