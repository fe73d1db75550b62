// An ambient workload under a policy on requests, without the waypoint that would enforce it.
#include <map>

#include "graph/ambient.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

using Place = std::pair<std::uint16_t, std::string_view>;
using Policies = std::map<Place, std::vector<AuthorizationPolicy>>;

/// Policies on requests, by namespace.
Policies layer7_policies(const Graph& graph) {
  Policies policies;
  for (const AuthorizationPolicy& policy : graph.linted<AuthorizationPolicy>()) {
    if (policy->ns_known && needs_waypoint(*policy)) policies[Place(policy->cluster, policy->ns)].push_back(policy);
  }
  return policies;
}

/// Whether the policy targets a Service of this workload; nothing if it has no targets.
std::optional<bool> targets(const AuthorizationPolicy& policy, std::span<const Service> services) {
  const std::vector<yaml::Node> refs = target_refs(*policy);
  if (refs.empty()) return std::nullopt;
  for (yaml::Node ref : refs) {
    for (const Service& service : services) {
      if (ref["kind"].str() == "Service" && ref["name"].str() == service->name) return true;
    }
  }
  return false;
}

bool applies(const AuthorizationPolicy& policy, const Workload& workload, std::span<const Service> services) {
  if (const auto targeted = targets(policy, services)) return *targeted;
  return matches(policy.selector(), workload.labels()) == Truth::yes;
}

bool has_waypoint(const Graph& graph, const Workload& workload, std::span<const Service> services) {
  if (uses_waypoint(graph, *workload, workload.labels().node) != Truth::no) return true;
  for (const Service& service : services) {
    if (uses_waypoint(graph, *service, service->labels()) != Truth::no) return true;
  }
  return false;
}

void check(const Graph& graph, Report& report) {
  const Policies policies = layer7_policies(graph);
  for (const Workload& workload : graph.workloads()) {
    const auto found = policies.find(Place(workload->cluster, workload->ns));
    if (found == policies.end() || !workload->linted() || is_gateway_pod(workload) || opts_out_of_ambient(workload)) continue;
    if (in_ambient_namespace(graph, *workload) != Truth::yes) continue;
    const std::span<const Service> services = graph.services_of(workload);
    if (has_waypoint(graph, workload, services)) continue;
    for (const AuthorizationPolicy& policy : found->second) {
      if (!graph.sees(*workload, *policy) || !applies(policy, workload, services)) continue;
      Finding finding =
          report.at(workload, workload->name_node(), format("no waypoint enforces the AuthorizationPolicy `{}` for it", policy->name));
      finding.alias("KIA1317").note(policy->name_node(), "about requests");
      break;
    }
  }
}

}  // namespace

extern constinit const Rule workload_layer7_policy_unenforced = {
    .info = {.id = "workload-layer7-policy-unenforced",
             .summary = "an ambient workload is under a policy on requests that no waypoint enforces",
             .docs = "The workload's side of `policy-layer7-without-waypoint`: which workloads are left open. Looks at the label "
                     "`istio.io/use-waypoint` of the "
                     "workload, its Services and its namespace.",
             .effect = "requests reach the workload unchecked, or are refused altogether",
             .source = "https://istio.io/latest/docs/ambient/usage/waypoint/",
             .severity = Severity::info,
             .group = Group::security,
             .aliases = {"KIA1317"}},
    .reads = {Kind::authorization_policy, Kind::namespace_, Kind::service, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
