#include "graph/outside_routes.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "graph/subset_rules.h"
#include "model/selector.h"

namespace hop {
namespace {

/// Workloads that load balancers send to.
std::set<std::uint32_t> entry_pods(const Graph& graph) {
  std::set<std::uint32_t> pods;
  for (const TargetGroup& group : graph.target_groups()) {
    for (const Workload& workload : group.pods) pods.insert(workload->id);
  }
  for (const Service& service : graph.all<Service>()) {
    if (service->opaque || service.type().equals("LoadBalancer") != Truth::yes || !service.has_selector()) continue;
    for (const Workload& workload : graph.pods_of(service).workloads) pods.insert(workload->id);
  }
  return pods;
}

/// Labels of a subset; absent where it is not known.
yaml::Node labels_of_subset(const Graph& graph, const VirtualService& vs, const Destination& destination, std::string_view subset) {
  const SharedRules shared = graph.destination_rules(*vs, destination.full_host);
  for (const DestinationRule& rule : graph.subset_rules(*shared, subset).rules) {
    for (yaml::Node node : rule.subsets()) {
      if (text_of(node["name"]).equals(subset) == Truth::yes) return node["labels"];
    }
  }
  return {};
}

std::vector<Workload> pods_of(const Graph& graph, const VirtualService& vs, const Destination& destination) {
  const Service service(*destination.edge->to.target);
  if (service->opaque || !service.has_selector()) return {};
  const Graph::Selection& pods = graph.pods_of(service);
  if (pods.unknown) return {};
  std::vector<Workload> found = pods.workloads;
  const auto subset = text_of(destination.subset());
  if (subset.is_absent()) return found;
  const yaml::Node labels = subset.is_known() ? labels_of_subset(graph, vs, destination, *subset) : yaml::Node{};
  if (!labels) return {};
  std::erase_if(found, [&](const Workload& workload) { return matches(labels, workload.labels()) == Truth::no; });
  return found;
}

void each_of_virtual_service(const Graph& graph, const VirtualService& vs, std::span<const Workload> gateway,
                             const std::function<void(const OutsideRoute&)>& each) {
  std::unordered_map<std::uint32_t, const Destination*> destinations;  // by node
  for (const Destination& destination : graph.destinations(vs)) {
    if (destination.edge != nullptr && destination.edge->to.found() && !destination.mirror)
      destinations.emplace(destination.node.index(), &destination);
  }
  for (const char* list : {"http", "tls", "tcp"}) {
    for (yaml::Node route : vs.spec()[list].items()) {
      for (yaml::Node item : route["route"].items()) {
        const auto found = destinations.find(item["destination"].index());
        if (found == destinations.end() || integer_of(item["weight"]).equals(0) == Truth::yes) continue;
        const Destination& destination = *found->second;
        if (destination.edge->to.target->kind != Kind::service) continue;
        each({vs.resource, route, destination.host(), gateway, destination.edge->to.target, pods_of(graph, vs, destination)});
      }
    }
  }
}

}  // namespace

void each_outside_route(const Graph& graph, const std::function<void(const OutsideRoute&)>& each) {
  const std::set<std::uint32_t> entries = entry_pods(graph);
  if (entries.empty()) return;
  for (const Gateway& gateway : graph.all<Gateway>()) {
    if (gateway->opaque) continue;
    const Graph::Selection& pods = graph.select(*gateway, gateway.selector(), true);
    if (std::ranges::none_of(pods.workloads, [&](const Workload& workload) { return entries.contains(workload->id); })) continue;
    for (const VirtualService& vs : graph.routes_of(*gateway).virtual_services) {
      if (!vs->opaque) each_of_virtual_service(graph, vs, pods.workloads, each);
    }
  }
  for (const TargetGroup& group : graph.target_groups()) {
    if (group.to_gateway() || !group.service.found() || group.pods_unknown) continue;
    each({group.ingress, {}, group.backend.path.service(), {}, group.service.target, {group.pods.begin(), group.pods.end()}});
  }
}

}  // namespace hop
