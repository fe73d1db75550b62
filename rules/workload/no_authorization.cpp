// A workload that no AuthorizationPolicy applies to.
#include <unordered_set>

#include "graph/machines.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// What the policies reach; filled policy by policy, so that no workload is compared with every policy.
struct Covered {
  std::unordered_set<std::string_view> namespaces;  ///< wholly
  std::unordered_set<std::uint32_t> workloads;      ///< resource ids
  std::unordered_set<const void*> seen;             ///< selections, and lists of machines: many policies may have one
  bool all = false;
};

void cover(const Graph& graph, const Resource& policy, SelectedMachines& machines_of, Covered& covered) {
  const yaml::Node spec = policy["spec"];
  const bool at_root = policy.ns == graph.root_namespace();
  const yaml::Node labels = spec["selector"]["matchLabels"];
  // What a policy reaches by a target is not worked out: it may be anything of its namespace.
  const bool wide = labels.size() == 0 || policy.opaque || spec.has("targetRef") || spec.has("targetRefs") || !policy.ns_known;
  if (wide) {
    covered.all = covered.all || at_root || !policy.ns_known;
    covered.namespaces.insert(policy.ns);
    return;
  }
  const Graph::Selection& selection = graph.select(policy, labels, at_root);
  const std::vector<const Resource*>& machines = machines_of.of(policy, labels, at_root);
  if (covered.seen.insert(&machines).second) {
    for (const Resource* machine : machines) covered.workloads.insert(machine->id);
  }
  if (covered.seen.insert(&selection).second) {
    for (const Workload& workload : selection.workloads) covered.workloads.insert(workload->id);
  }
  if (!selection.unknown) return;
  covered.all = covered.all || at_root;
  covered.namespaces.insert(policy.ns);
}

void check(const Graph& graph, Report& report) {
  Covered covered;
  SelectedMachines machines(graph);
  for (const Resource* policy : graph.of(Kind::authorization_policy)) cover(graph, *policy, machines, covered);
  if (covered.all) return;
  const auto look_at = [&](const Resource& workload) {
    if (!workload.linted() || covered.workloads.contains(workload.id) || covered.namespaces.contains(workload.ns)) return;
    report.at(workload, workload.name_node(), format("no AuthorizationPolicy applies to `{}`", workload.name)).alias("KIA1301");
  };
  for (const Workload& workload : graph.workloads()) look_at(*workload);
  // WorkloadEntries are their machines, one by one.
  for (const WorkloadGroup& group : graph.all<WorkloadGroup>()) look_at(*group);
}

}  // namespace

extern constinit const Rule workload_no_authorization = {
    .info =
        {.id = "workload-no-authorization",
         .summary = "no AuthorizationPolicy applies to a workload",
         .docs =
             "For those who want every workload to be covered: by a policy of its namespace or of the root namespace, with or without a "
             "selector. WorkloadGroups are workloads as well. Policies with `targetRefs` count for their whole namespace.",
         .effect = "the workload accepts every request that reaches it",
         .source = "https://istio.io/latest/docs/ops/best-practices/security/#authorization-policies",
         .severity = Severity::warning,
         .group = Group::policy,
         .aliases = {"KIA1301"}},
    .reads = {Kind::authorization_policy, Kind::workload_entry, Kind::workload_group, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
