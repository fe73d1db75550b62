// A Service or ServiceEntry enrolled with a waypoint that is none, or takes nothing from its namespace.
#include "rule/rule.h"
#include "rule/waypoint_fault.h"

namespace hop::rules {
namespace {

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  // What a namespace asks for is said of its workloads.
  if (!resource.labels().has("istio.io/use-waypoint")) return;
  if (const auto use = waypoint_of(graph, resource, resource.labels())) report_waypoint_fault(graph, resource, *use, true, report);
}

}  // namespace

extern constinit const Rule service_waypoint_missing = {
    .info = {.id = "service-waypoint-missing",
             .summary = "a Service or ServiceEntry is enrolled with a waypoint that does not exist, is none, or refuses its namespace",
             .docs =
                 "The label `istio.io/use-waypoint` of a Service or ServiceEntry names a Gateway of the Gateway API; "
                 "`istio.io/use-waypoint-namespace` says where it lives. `none` opts out.\n\nA Gateway of class `istio` is none, unless "
                 "it has a listener for HBONE or says that its Service stays inside the cluster. One of another namespace must allow "
                 "this one in `allowedRoutes.namespaces`.\n\nDeclare one that lives elsewhere with "
                 "`known: [\"Gateway.gateway.networking.k8s.io ns/name\"]`.",
             .effect = "requests reach the pods without the waypoint: its routes and HTTP policies are not applied",
             .source = "https://istio.io/latest/docs/ambient/usage/waypoint/#configure-a-service-to-use-a-specific-waypoint",
             .severity = Severity::error,
             .group = Group::security,
             .fixes = FixPolicy::sometimes,
             .applies = {Component::istio, {1, 22}}},
    .reads = {Kind::service, Kind::service_entry, Kind::namespace_, Kind::k8s_gateway, Kind::gateway_class},
    .each = {Kind::service, Kind::service_entry},
    .check_each = check_each,
};

}  // namespace hop::rules
