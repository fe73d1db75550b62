// A StatefulSet whose governing Service does not exist.
#include "rule/missing.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::statefulset_service)) {
    if (edge.to.missing()) report_missing(edge, report);
  }
}

}  // namespace

extern constinit const Rule workload_governing_service_missing = {
    .info = {.id = "workload-governing-service-missing",
             .summary = "the Service that gives a StatefulSet's pods their names does not exist",
             .docs =
                 "`serviceName` is looked up in the StatefulSet's own namespace. The pods start without it, but the names by which they "
                 "and their clients find each other, `pod-0.service.namespace`, do not resolve.",
             .effect = "the pods get no DNS names of their own; peers that look for each other fail",
             .source = "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
