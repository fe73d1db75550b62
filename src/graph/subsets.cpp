#include "graph/subsets.h"

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

void RoutedSubsets::collect() {
  collected_ = true;
  for (const VirtualService& vs : graph_->linted<VirtualService>()) {
    for (const Destination& destination : graph_->destinations(vs)) {
      if (destination.subset()) keys_.insert({vs->cluster, destination.full_host, destination.subset().str()});
    }
  }
}

bool RoutedSubsets::contains(const DestinationRule& rule, std::string_view subset) {
  if (!collected_) collect();
  const std::string host = graph_->full_host(*rule, rule.host().str());
  return keys_.contains({rule->cluster, host, subset});
}

Truth selects_anything(const Graph& graph, const Resource& host, yaml::Node labels) {
  if (is_empty_place(labels)) return Truth::no;
  if (host.kind == Kind::service) return in_service(graph, Service(host), labels);
  if (host.kind == Kind::service_entry) return in_entry(ServiceEntry(host), labels);
  return Truth::unknown;
}

}  // namespace hop
