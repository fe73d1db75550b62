// A condition in a status block that says the object does not work.
#include <algorithm>

#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Watched {
  KindSet kinds;
  std::string_view condition;
};

// What Istio writes. Source: istio.io/docs/reference/config/config-status; gateway-api.sigs.k8s.io.
constexpr Watched watched[] = {
    {{Kind::service, Kind::service_entry, Kind::workload_entry}, "istio.io/WaypointBound"},
    {{Kind::authorization_policy}, "ZtunnelAccepted"},
    {{Kind::authorization_policy}, "WaypointAccepted"},
    {{Kind::k8s_gateway, Kind::http_route, Kind::grpc_route}, "Accepted"},
    {{Kind::k8s_gateway, Kind::http_route, Kind::grpc_route}, "Programmed"},
    {{Kind::k8s_gateway, Kind::http_route, Kind::grpc_route}, "ResolvedRefs"},
};

bool is_watched(Kind kind, std::string_view condition) {
  return std::any_of(std::begin(watched), std::end(watched),
                     [&](const Watched& entry) { return entry.kinds.has(kind) && entry.condition == condition; });
}

void check_conditions(const Resource& resource, yaml::Node conditions, Report& report) {
  for (yaml::Node condition : conditions.items()) {
    const std::string_view type = condition["type"].str();
    if (!is_watched(resource.kind, type)) continue;
    const bool partial = type == "WaypointAccepted" && condition["reason"].str() == "PartiallyInvalid";
    if (condition["status"].str() != "False" && !partial) continue;
    const std::string reason = condition["reason"].str().empty() ? "" : format(": `{}`", condition["reason"].str());
    report.at(resource, condition["status"], format("condition `{}` {}{}", type, partial ? "holds in part only" : "is false", reason))
        .alias("IST0171");
  }
}

void check_one(const Resource& resource, Report& report) {
  check_conditions(resource, resource["status"]["conditions"], report);
  for (yaml::Node parent : resource["status"]["parents"].items()) check_conditions(resource, parent["conditions"], report);
}

}  // namespace

extern constinit const Rule metadata_status_condition_false = {
    .info = {.id = "metadata-status-condition-false",
             .summary = "the object's status says that it is not in force",
             .docs = "For manifests read from a cluster: conditions that Istio writes on Services, ServiceEntries, WorkloadEntries, "
                     "AuthorizationPolicies, and Gateways and routes of the Gateway API.\n\nA status block in a manifest that is applied "
                     "does nothing.",
             .effect = "the object is not, or not wholly, in force; the condition's reason says why",
             .source = "https://istio.io/latest/docs/reference/config/config-status/",
             .severity = Severity::warning,
             .aliases = {"IST0171"}},
    .reads = {Kind::service, Kind::service_entry, Kind::workload_entry, Kind::authorization_policy, Kind::k8s_gateway, Kind::http_route,
              Kind::grpc_route},
    .check_one = check_one,
};

}  // namespace hop::rules
