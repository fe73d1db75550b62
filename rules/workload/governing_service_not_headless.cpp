// A StatefulSet whose governing Service is not headless.
#include "model/k8s/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Headless, or nothing is known of it: copies are alternatives.
bool may_be_headless(const Resource& resource) {
  const Service service(resource);
  const auto type = service.type();
  const auto address = text_of(service.spec()["clusterIP"]);
  return resource.opaque || type.is_unknown() || type.value_or("") == "ExternalName" || address.is_unknown() || service.headless();
}

/// A single pod has no peers to look for; how many there are may be left to an autoscaler.
bool has_peers(const Resource& set) { return integer_of(set.spec()["replicas"]).value_or(1) > 1; }

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::statefulset_service)) {
    if (!edge.to.found() || !has_peers(*edge.from) || edge.to.any(may_be_headless)) continue;
    report.at(*edge.from, edge.place, format("the Service `{}` is not headless", edge.name))
        .note(edge.to.target->name_node(), "this Service has an address of its own: no `clusterIP: None`");
  }
}

}  // namespace

extern constinit const Rule workload_governing_service_not_headless = {
    .info = {.id = "workload-governing-service-not-headless",
             .summary = "the Service that governs a StatefulSet is not headless",
             .docs =
                 "Only a headless Service (`clusterIP: None`) gives each pod of a StatefulSet a name of its own in DNS. A Service with an "
                 "address may stand beside it for clients that do not care which pod answers.\n\nA StatefulSet of one replica is left "
                 "alone: it has no peers.",
             .effect = "`pod-0.service.namespace` does not resolve; peers that look for each other fail",
             .source = "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#limitations",
             .severity = Severity::warning},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
