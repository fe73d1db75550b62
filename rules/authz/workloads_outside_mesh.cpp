// An AuthorizationPolicy for workloads that have no proxy to enforce it.
#include <algorithm>
#include <set>

#include "graph/once.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

using Place = std::pair<std::uint16_t, std::string_view>;

bool may_enforce(const Graph& graph, const Workload& workload) { return graph.injection(workload).plane != Dataplane::none; }

/// Namespaces with a workload that is or may be in the mesh.
std::set<Place> namespaces_in_mesh(const Graph& graph) {
  std::set<Place> places;
  for (const Workload& workload : graph.workloads()) {
    if (may_enforce(graph, workload)) places.emplace(workload->cluster, workload->ns);
  }
  return places;
}

void check_selected(const Graph& graph, const AuthorizationPolicy& policy, OncePerThing<bool>& enforced, Report& report) {
  const Graph::Selection& pods = graph.select(*policy, policy.selector(), policy->ns == graph.root_namespace());
  if (pods.unknown || pods.workloads.empty()) return;
  const auto by_some = [&](const Graph::Selection& some) {
    return std::ranges::any_of(some.workloads, [&](const Workload& workload) { return may_enforce(graph, workload); });
  };
  if (enforced.of(pods, by_some)) return;
  Finding finding = report.at_key(*policy, policy.selector(), "the workloads this policy selects are not in the mesh");
  finding.alias("IST0127").note(pods.workloads.front()->name_node(), "no sidecar and not in ambient mode");
}

void check(const Graph& graph, Report& report) {
  const std::set<Place> in_mesh = namespaces_in_mesh(graph);
  OncePerThing<bool> enforced;
  for (const AuthorizationPolicy& policy : graph.linted<AuthorizationPolicy>()) {
    if (!target_refs(*policy).empty() || !policy->ns_known) continue;
    if (policy.selector().size() > 0) {
      check_selected(graph, policy, enforced, report);
      continue;
    }
    if (policy->ns == graph.root_namespace() || in_mesh.contains(Place(policy->cluster, policy->ns))) continue;
    const bool has_workloads = graph.has_workloads(*policy, false);
    if (policy->ns.empty() || (!has_workloads && !graph.complete(policy->ns))) continue;
    Finding finding = report.at(policy, policy->name_node(), format("no workload of namespace `{}` is in the mesh", policy->ns));
    finding.alias("IST0127");
    // A policy may well be there before its workloads.
    if (!has_workloads) finding.severity(Severity::info);
  }
}

}  // namespace

extern constinit const Rule authz_workloads_outside_mesh = {
    .info = {.id = "authz-workloads-outside-mesh",
             .summary = "an AuthorizationPolicy covers workloads that are not in the mesh",
             .docs =
                 "Sidecars, ztunnel and waypoints enforce policies; a pod without them takes every request. Looks at injection labels of "
                 "workloads and namespaces, proxy containers and ambient mode. Policies with a target are left alone.\n\n"
                 "A namespace without any workload is info.",
             .effect = "nothing enforces the policy: every request is let in",
             .source = "https://istio.io/latest/docs/concepts/security/#authorization",
             .severity = Severity::warning,
             .group = Group::security,
             .aliases = {"IST0127"}},
    .reads = {Kind::authorization_policy, Kind::namespace_, Facet::workloads, Facet::injection, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
