// A policy on requests, in ambient mode, that is not attached to a waypoint.
#include "graph/ambient.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Code {
  Kind kind;
  std::string_view alias;  ///< none where no peer looks
};
constexpr Code codes[] = {{Kind::authorization_policy, "KIA0110"},
                          {Kind::request_authentication, "KIA1115"},
                          {Kind::wasm_plugin, "KIA1116"},
                          {Kind::telemetry, "KIA1117"},
                          {Kind::traffic_extension, ""}};

void check(const Graph& graph, Report& report) {
  const OwnWaypoints waypoints(graph);
  for (const Code& code : codes) {
    for (const Resource* policy : graph.of(code.kind)) {
      if (!policy->linted() || !target_refs(*policy).empty() || waypoints.take_untargeted(*policy)) continue;
      // What is about connections is for ztunnel, which reads selectors.
      if (!needs_waypoint(*policy)) continue;
      if (in_ambient_namespace(graph, *policy) != Truth::yes) continue;
      const yaml::Node selector = policy_selector(*policy);
      Finding finding = selector.size() > 0
                            ? report.at_key(*policy, selector, "waypoints do not read selectors, and this policy has no `targetRefs`")
                            : report.at(*policy, policy->name_node(), "this policy has no `targetRefs` and is attached to no waypoint");
      if (!code.alias.empty()) finding.alias(code.alias);
    }
  }
}

}  // namespace

extern constinit const Rule policy_waypoint_without_target = {
    .info = {.id = "policy-waypoint-without-target",
             .summary = "a policy for a waypoint has no target",
             .docs =
                 "A waypoint takes the policies that name it, or a Service behind it, in `targetRefs`. A selector, or nothing, means "
                 "sidecars and ztunnel.\n\nA Telemetry without a selector is an exception: waypoints of its own namespace take it, and all "
                 "of them one of the root namespace. It is reported only where the namespace has no waypoint among the manifests.",
             .effect = "no waypoint takes the policy; requests pass without it",
             .source = "https://istio.io/latest/docs/ambient/usage/l7-features/#targeting-policies-or-routing-rules",
             .severity = Severity::warning,
             .group = Group::security,
             .aliases = {"KIA0110", "KIA1115", "KIA1116", "KIA1117"},
             .applies = {Component::istio, {1, 22}}},
    .reads = {Kind::authorization_policy, Kind::request_authentication, Kind::wasm_plugin, Kind::telemetry, Kind::traffic_extension,
              Kind::namespace_, Kind::k8s_gateway, Kind::gateway_class, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
