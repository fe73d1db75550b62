// A workload enrolled with a waypoint that is none, or takes nothing from its namespace.
#include "rule/rule.h"
#include "rule/waypoint_fault.h"

namespace hop::rules {
namespace {

/// Waypoints and gateways are never sent through one.
bool is_proxy(const Workload& workload) {
  return is_gateway_pod(workload) || workload.containers().begin() == workload.containers().end() || workload.is_gateway();
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Workload workload(resource);
  const yaml::Node labels = workload.labels().node;
  if (is_proxy(workload)) return;
  if (const auto use = waypoint_of(graph, resource, labels))
    report_waypoint_fault(graph, resource, *use, labels.has("istio.io/use-waypoint"), report);
}

}  // namespace

extern constinit const Rule workload_waypoint_missing = {
    .info = {.id = "workload-waypoint-missing",
             .summary = "a workload is enrolled with a waypoint that does not exist, is none, or refuses its namespace",
             .docs =
                 "A waypoint is a Gateway of the Gateway API that `istio.io/use-waypoint` names, on the pod or its namespace; "
                 "`istio.io/use-waypoint-namespace` says where it lives. `none` opts out.\n\nA Gateway of class `istio` is none, unless "
                 "it has a listener for HBONE or says that its Service stays inside the cluster. One of another namespace must allow the "
                 "workload's in `allowedRoutes.namespaces`.\n\nDeclare one that lives elsewhere with "
                 "`known: [\"Gateway.gateway.networking.k8s.io ns/name\"]`.",
             .effect = "requests reach the pods without the waypoint: its routes and HTTP policies are not applied",
             .source = "https://istio.io/latest/docs/ambient/usage/waypoint/",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"KIA1313"},
             .fixes = FixPolicy::sometimes,
             .applies = {Component::istio, {1, 22}}},
    .reads = {Kind::namespace_, Kind::k8s_gateway, Kind::gateway_class, Facet::workloads},
    .each = workload_kinds,
    .check_each = check_each,
};

}  // namespace hop::rules
