#include "graph/subsets.h"

#include <algorithm>

#include <string>

#include "graph/machines.h"
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

/// Labels that istiod gives a pod by the node it runs on; an absent one where nothing is said of it.
Value<std::string_view> label_of_node(const Resource& node, const Value<std::string_view>& name, std::string_view key) {
  if (key == "kubernetes.io/hostname") return name;
  const bool place = key == "topology.kubernetes.io/region" || key == "topology.kubernetes.io/zone" || key == "topology.istio.io/subzone";
  return place ? text_of(node.label(key)) : Value<std::string_view>::unknown({});
}

/// As matches(), and where the pod's node is among the manifests its labels count, too.
Truth matches_where_it_runs(const Graph& graph, yaml::Node wanted, const Workload& workload) {
  const Labels own = workload.labels();
  const Truth plain = matches(wanted, own);
  const auto name = text_of(workload.pod_spec()["nodeName"]);
  if (plain != Truth::unknown || !name.is_known()) return plain;
  const Lookup node = graph.find(*workload, Kind::node, "", *name);
  if (!node.found() || node.target->opaque) return plain;
  Truth all = Truth::yes;
  for (const auto& [key, value] : wanted.entries()) {
    const auto want = text_of(value);
    const auto have = own[key.str()];
    if (!want.is_known()) return plain;
    all = all && (have.is_absent() ? label_of_node(*node.target, name, key.str()).equals(*want) : have.equals(*want));
  }
  return all;
}

Truth in_service(const Graph& graph, const Service& service, yaml::Node labels) {
  if (!service.has_selector() || service->opaque) return Truth::unknown;
  const Graph::Selection& pods = graph.pods_of(service);
  Truth any = pods.unknown ? Truth::unknown : Truth::no;
  for (const Workload& workload : pods.workloads) {
    any = any || (workload->opaque ? Truth::unknown : matches_where_it_runs(graph, labels, workload));
  }
  return any || selects_machine(graph, *service, service.selector(), false, labels);
}

/// What a ServiceEntry selects: pods, and machines.
Truth in_selected(const Graph& graph, const Resource& entry, yaml::Node selector, yaml::Node labels) {
  if (!graph.complete(entry.ns)) return Truth::unknown;
  const Graph::Selection& pods = graph.select(entry, selector, false);
  Truth any = pods.unknown ? Truth::unknown : selects_machine(graph, entry, selector, false, labels);
  for (const Workload& workload : pods.workloads) any = any || matches_where_it_runs(graph, labels, workload);
  return any;
}

Truth in_entry(const Graph& graph, const ServiceEntry& entry, yaml::Node labels) {
  const yaml::Node selector = entry.spec()["workloadSelector"]["labels"];
  if (entry->opaque) return Truth::unknown;
  if (selector.size() > 0) return in_selected(graph, *entry, selector, labels);
  if (entry.spec()["endpoints"].size() == 0) return Truth::unknown;
  Truth any = Truth::no;
  for (yaml::Node endpoint : entry.spec()["endpoints"].items()) any = any || matches(labels, Labels{endpoint["labels"]});
  return any;
}

}  // namespace

std::unordered_set<std::string_view> routed_subsets(const Graph& graph, const DestinationRule& rule) {
  const std::string host = graph.full_host(*rule, rule.host().str());
  std::unordered_set<std::string_view> subsets;
  for (const Edge* edge : graph.from(*rule)) {
    if (edge->relation != Relation::destinationrule_host || !edge->to.found()) continue;
    const Resource* last = nullptr;  // those of one VirtualService follow each other
    for (const Edge* route : graph.to(*edge->to.target)) {
      if (route->relation != Relation::virtualservice_destination || route->from->cluster != rule->cluster || route->from == last) continue;
      last = route->from;
      for (const Destination& destination : graph.destinations(VirtualService(*route->from))) {
        if (destination.full_host == host) subsets.insert(destination.subset().str());
      }
    }
  }
  return subsets;
}

Truth selects_anything(const Graph& graph, const Resource& host, yaml::Node labels) {
  if (is_empty_place(labels)) return Truth::no;
  if (host.kind == Kind::service) return in_service(graph, Service(host), labels);
  if (host.kind == Kind::service_entry) return in_entry(graph, ServiceEntry(host), labels);
  return Truth::unknown;
}

}  // namespace hop
