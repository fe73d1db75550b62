// A VirtualService that the pods of its Gateway do not see.
#include "graph/visibility.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Where the pods are, by themselves or, where none are known, as their Gateway has it.
struct Pods {
  std::vector<std::string_view> namespaces;
  bool assumed = false;
};

Pods pods_of(const Graph& graph, const VirtualService& vs, const Gateway& gateway, const Visibility& seen) {
  Pods pods{pod_namespaces(graph, gateway)};
  // Nobody keeps a VirtualService to its own namespace whose gateway's pods are there, and its Gateway elsewhere.
  const bool own_only = seen.namespaces.size() == 1 && seen.namespaces.front() == vs->ns;
  if (!pods.namespaces.empty() || !own_only || !gateway->ns_known || gateway->ns.empty()) return pods;
  return {{gateway->ns}, true};
}

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::virtualservice_gateway)) {
    if (!edge.to.found() || edge.to.target->kind != Kind::gateway || !edge.from->linted() || edge.from->ns.empty()) continue;
    const VirtualService vs(*edge.from);
    const Visibility seen = visibility(graph, *vs);
    if (seen.everywhere || seen.unknown || !vs->ns_known) continue;  // nearly always
    const Gateway gateway(*edge.to.target);
    const Pods pods = pods_of(graph, vs, gateway, seen);
    const auto sees = [&](std::string_view ns) { return seen.in(ns) != Truth::no; };
    if (pods.namespaces.empty() || std::ranges::any_of(pods.namespaces, sees)) continue;
    const std::string message = format("the pods of Gateway `{}` are in namespace `{}`, which does not see the VirtualService",
                                       gateway->name, pods.namespaces.front());
    const yaml::Node list = vs.export_to();
    Finding finding = list.size() > 0 ? report.at_key(*vs, list, message) : report.at(vs, edge.place, message);
    if (list.size() > 0) finding.note(edge.place, "it is bound to the Gateway here");
    if (pods.assumed) finding.severity(Severity::warning);
  }
}

}  // namespace

extern constinit const Rule virtualservice_hidden_from_gateway = {
    .info = {.id = "virtualservice-hidden-from-gateway",
             .summary = "a VirtualService is not exported to the namespace of its gateway's pods",
             .docs = "`exportTo` names the namespaces whose proxies see the VirtualService, and those of a gateway are in the namespace of "
                     "its pods: `exportTo: [\".\"]` hides it from a gateway that lives elsewhere. A warning where the pods are not among "
                     "the manifests, but the Gateway is in another namespace.",
             .effect = "the gateway has no route for its hosts and answers 404",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService-export_to",
             .severity = Severity::error},
    .reads = {Facet::references, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
