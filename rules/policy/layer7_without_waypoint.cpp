// A policy on requests, in ambient mode, where no waypoint reads requests.
#include "graph/ambient.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Code {
  Kind kind;
  std::string_view alias;  ///< none where no peer looks
};
constexpr Code codes[] = {{Kind::authorization_policy, "KIA0109"},
                          {Kind::request_authentication, "KIA1110"},
                          {Kind::wasm_plugin, "KIA1111"},
                          {Kind::telemetry, "KIA1112"},
                          {Kind::traffic_extension, ""}};

void check(const Graph& graph, Report& report) {
  const OwnWaypoints waypoints(graph);
  WaypointReach reach(graph);
  for (const Code& code : codes) {
    for (const Resource* policy : graph.of(code.kind)) {
      const bool about_requests = needs_waypoint(*policy);
      // ztunnel takes a policy on connections by its selector only.
      if (!policy->linted() || (!about_requests && target_refs(*policy).empty())) continue;
      if (waypoints.take_untargeted(*policy)) continue;
      if (in_ambient_namespace(graph, *policy) != Truth::yes || reach.of(*policy) != Truth::no) continue;
      if (!about_requests) {
        report.at(*policy, policy->name_node(), "`targetRefs` are for a waypoint, and none stands before what this policy targets")
            .effect("ztunnel reads selectors only: the policy is not applied");
        continue;
      }
      Finding finding =
          report.at(*policy, policy->name_node(), "this policy is about requests, and no waypoint stands before what it applies to");
      if (!code.alias.empty()) finding.alias(code.alias);
    }
  }
}

}  // namespace

extern constinit const Rule policy_layer7_without_waypoint = {
    .info = {.id = "policy-layer7-without-waypoint",
             .summary = "a policy on requests applies to ambient workloads without a waypoint",
             .docs = "In ambient mode ztunnel sees connections only; methods, paths, hosts, JWTs, Wasm plugins, traces and access logs "
                     "need a waypoint. "
                     "What the policy is about must carry the label `istio.io/use-waypoint`, or its namespace must. The same holds for "
                     "every policy "
                     "with `targetRefs`: ztunnel reads selectors only.\n\n"
                     "Policies that target a waypoint Gateway are left alone, and a Telemetry without a selector where the namespace has a "
                     "waypoint of its own.",
             .effect = "the policy is not applied; an AuthorizationPolicy that reaches ztunnel loses the rules it cannot read",
             .source = "https://istio.io/latest/docs/ambient/usage/l7-features/",
             .severity = Severity::warning,
             .group = Group::security,
             .aliases = {"KIA0109", "KIA1110", "KIA1111", "KIA1112"},
             .applies = {Component::istio, {1, 22}}},
    .reads = {Kind::authorization_policy, Kind::request_authentication, Kind::wasm_plugin, Kind::telemetry, Kind::traffic_extension,
              Kind::namespace_, Kind::service, Kind::service_entry, Kind::k8s_gateway, Kind::gateway_class, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
