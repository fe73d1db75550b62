#include "graph/subsets.h"

#include <algorithm>

#include <string>

#include "model/selector.h"

namespace hop {
namespace {

/// Labels of nodes, which pods have by where they run: no pod has an empty one.
bool is_empty_place(yaml::Node labels) {
  for (const auto& [key, value] : labels.entries()) {
    if (key.str().starts_with("topology.") && value.is_scalar() && !value.is_null() && value.str().empty()) return true;
  }
  return false;
}

Truth in_service(const Graph& graph, const Service& service, yaml::Node labels) {
  if (!service.has_selector() || service->opaque) return Truth::unknown;
  const Graph::Selection& pods = graph.pods_of(service);
  Truth any = pods.unknown ? Truth::unknown : Truth::no;
  for (const Workload& workload : pods.workloads) any = any || (workload->opaque ? Truth::unknown : matches(labels, workload.labels()));
  return any;
}

Truth in_entry(const ServiceEntry& entry, yaml::Node labels) {
  const yaml::Node selector = entry.spec()["workloadSelector"]["labels"];
  // Which WorkloadEntries and pods it selects is not followed.
  if (entry->opaque || selector.size() > 0 || entry.spec()["endpoints"].size() == 0) return Truth::unknown;
  Truth any = Truth::no;
  for (yaml::Node endpoint : entry.spec()["endpoints"].items()) any = any || matches(labels, Labels{endpoint["labels"]});
  return any;
}

}  // namespace

bool is_routed_to(const Graph& graph, const DestinationRule& rule, std::string_view subset) {
  const std::string host = graph.full_host(*rule, rule.host().str());
  const auto routes = [&](const Destination& destination) { return destination.full_host == host && destination.subset().str() == subset; };
  for (const Edge* edge : graph.from(*rule)) {
    if (edge->relation != Relation::destinationrule_host || !edge->to.found()) continue;
    const Resource* last = nullptr;  // those of one VirtualService follow each other
    for (const Edge* route : graph.to(*edge->to.target)) {
      if (route->relation != Relation::virtualservice_destination || route->from->cluster != rule->cluster) continue;
      if (route->from != last && std::ranges::any_of(graph.destinations(VirtualService(*route->from)), routes)) return true;
      last = route->from;
    }
  }
  return false;
}

Truth selects_anything(const Graph& graph, const Resource& host, yaml::Node labels) {
  if (is_empty_place(labels)) return Truth::no;
  if (host.kind == Kind::service) return in_service(graph, Service(host), labels);
  if (host.kind == Kind::service_entry) return in_entry(ServiceEntry(host), labels);
  return Truth::unknown;
}

}  // namespace hop
