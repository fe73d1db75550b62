#include "graph/subsets.h"

#include "model/selector.h"
#include "text/format.h"

namespace hop {
namespace {

std::string key_of(const Graph& graph, const Resource& from, std::string_view host, std::string_view subset) {
  return format("{} {} {}", from.cluster, graph.full_host(from, host), subset);
}

/// Labels of nodes, which pods have by where they run: no pod has an empty one.
bool is_empty_place(yaml::Node labels) {
  for (const auto& [key, value] : labels.entries()) {
    if (key.str().starts_with("topology.") && value.is_scalar() && !value.is_null() && value.str().empty()) return true;
  }
  return false;
}

Truth in_service(const Graph& graph, const Service& service, yaml::Node labels) {
  if (!service.has_selector() || service->opaque) return Truth::unknown;
  const Graph::Selection pods = graph.select(*service, service.selector(), false);
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

RoutedSubsets::RoutedSubsets(const Graph& graph) : graph_(&graph) {
  for (const VirtualService& vs : graph.all<VirtualService>()) {
    for (const RouteDestination& destination : vs.destinations()) {
      if (destination.subset()) keys_.insert(key_of(graph, *vs, destination.host().str(), destination.subset().str()));
    }
  }
}

bool RoutedSubsets::contains(const DestinationRule& rule, std::string_view subset) const {
  return keys_.contains(key_of(*graph_, *rule, rule.host().str(), subset));
}

Truth selects_anything(const Graph& graph, const Resource& host, yaml::Node labels) {
  if (is_empty_place(labels)) return Truth::no;
  if (host.kind == Kind::service) return in_service(graph, Service(host), labels);
  if (host.kind == Kind::service_entry) return in_entry(ServiceEntry(host), labels);
  return Truth::unknown;
}

}  // namespace hop
