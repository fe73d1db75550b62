// A namespace outside the mesh whose workloads the mesh's routes lead to.
#include <algorithm>
#include <map>

#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether some Namespace puts its pods into the mesh: then labels are how it is done here.
bool labels_are_used(const Graph& graph) {
  for (const Namespace& ns : graph.linted<Namespace>()) {
    const Dataplane plane = graph.injection(ns).plane;
    if (plane == Dataplane::sidecar || plane == Dataplane::ambient) return true;
  }
  return false;
}

/// Kubernetes' own namespaces and Istio's are outside by design.
bool is_of_system(const Graph& graph, std::string_view ns) {
  return ns.starts_with("kube-") || ns == "istio-system" || ns == graph.root_namespace();
}

/// Whether a pod behind the Service has no proxy, and nothing but the silence of its namespace decides that.
bool is_left_out(const Graph& graph, const Service& service) {
  if (!service.has_selector()) return false;
  const Graph::Selection& selection = graph.pods_of(service);
  if (selection.unknown || selection.workloads.empty()) return false;
  return std::all_of(selection.workloads.begin(), selection.workloads.end(), [&](const Workload& pod) {
    const Injection injection = graph.injection(pod);
    return injection.plane == Dataplane::none && !injection.decided_by && graph.gateways_of(pod).empty();
  });
}

void check(const Graph& graph, Report& report) {
  if (!labels_are_used(graph)) return;
  std::map<std::uint32_t, const Edge*> first;  // by Namespace
  std::map<std::uint32_t, bool> judged;        // by Service
  for (const Edge& edge : graph.edges(Relation::virtualservice_destination)) {
    if (!edge.to.found() || edge.to.target->kind != Kind::service || !edge.to.copies.empty()) continue;
    const Service service(*edge.to.target);
    if (!judged.emplace(service->id, true).second || service->ns.empty() || is_of_system(graph, service->ns) ||
        !is_left_out(graph, service))
      continue;
    const Lookup ns = graph.find(*service, Kind::namespace_, "", service->ns);
    if (ns.found() && ns.copies.empty() && ns.target->linted()) first.emplace(ns.target->id, &edge);
  }
  for (const Namespace& ns : graph.linted<Namespace>()) {
    const auto edge = first.find(ns->id);
    if (edge == first.end()) continue;
    report.at(ns, ns->name_node(), format("routes lead to pods of `{}`, which get no sidecar", ns->name))
        .note(edge->second->place, "this route leads there");
  }
}

}  // namespace

extern constinit const Rule namespace_routed_without_sidecar = {
    .info =
        {.id = "namespace-routed-without-sidecar",
         .summary = "a namespace without injection label holds workloads that routes of the mesh lead to",
         .docs =
             "Pods get a sidecar where the namespace has `istio-injection: enabled` or `istio.io/rev`. Without one the last hop is plain "
             "text, and policies for the workload are not applied.\n\nOnly reported where another namespace among the manifests has "
             "such a label, and nothing says that this one is meant to stay outside: `istio-injection: disabled` on the namespace or "
             "`sidecar.istio.io/inject` on the pods.",
         .effect = "requests reach these pods unencrypted, and no policy of the mesh protects them",
         .source = "https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/",
         .severity = Severity::warning,
         .group = Group::security},
    .reads = {Kind::namespace_, Kind::gateway, Facet::references, Facet::workloads, Facet::injection, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
