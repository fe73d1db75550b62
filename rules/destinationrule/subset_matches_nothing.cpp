// A subset whose labels no pod of the host has.
#include <optional>
#include <unordered_set>

#include "graph/subsets.h"
#include "graph/visibility.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Evidence that the pods are among the manifests.
bool pods_are_here(const Graph& graph, const Resource& host) {
  if (graph.complete(host.ns) || host.kind == Kind::service_entry) return true;
  return !graph.pods_of(Service(host)).workloads.empty();
}

void check_rule(const Graph& graph, const Edge& edge, Report& report) {
  const DestinationRule rule(*edge.from);
  std::optional<std::unordered_set<std::string_view>> routed;  // once somebody asks
  for (yaml::Node subset : rule.subsets()) {
    const yaml::Node labels = subset["labels"];
    if (labels.size() == 0) continue;
    const bool any = edge.to.any(
        [&](const Resource& host) { return selects_anything(graph, host, labels) != Truth::no || !pods_are_here(graph, host); });
    if (any) continue;
    const std::string_view name = subset["name"].str();
    Finding finding = report.at_key(*edge.from, labels, format("no pod of host `{}` has the labels of subset `{}`", edge.name, name));
    finding.alias("IST0173").alias("KIA0203").note(edge.to.target->name_node(), "the host's pods are selected here");
    if (!routed) routed = routed_subsets(graph, rule);
    if (!routed->contains(name)) finding.severity(Severity::info).effect("nothing yet: no VirtualService routes to this subset");
  }
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  for (const Edge* edge : graph.from(resource)) {
    if (edge->relation != Relation::destinationrule_host || !edge->to.found()) continue;
    // A host that the rule does not see is its own mistake.
    if (!hidden_from(graph, *edge)) check_rule(graph, *edge, report);
  }
}

}  // namespace

extern constinit const Rule destinationrule_subset_matches_nothing = {
    .info =
        {.id = "destinationrule-subset-matches-nothing",
         .summary = "no pod of the host has the labels of a subset",
         .docs =
             "The labels are compared with the pods, WorkloadEntries and WorkloadGroups that the host's Service selects, or with the "
             "endpoints of its ServiceEntry, or what this selects. A pod that names its node has the node's place as well. Info while no "
             "VirtualService routes to the subset: a rollout often declares it first.\n\n"
             "Silent where none of the Service's pods are among the manifests, unless these are complete.",
         .effect = "requests that are routed to this subset fail with 503 (no healthy upstream)",
         .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset",
         .severity = Severity::error,
         .aliases = {"IST0173", "KIA0203"}},
    .reads = {Kind::destination_rule, Kind::workload_entry, Kind::workload_group, Kind::node, Facet::references, Facet::workloads,
              Facet::mesh},
    .each = Kind::destination_rule,
    .check_each = check_each,
};

}  // namespace hop::rules
