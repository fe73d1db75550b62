// A HorizontalPodAutoscaler that scales nothing.
#include "rule/missing.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::scale_target)) {
    if (edge.to.missing()) report_missing(edge, report);
  }
}

}  // namespace

extern constinit const Rule autoscaler_target_missing = {
    .info = {.id = "autoscaler-target-missing",
             .summary = "a HorizontalPodAutoscaler scales a workload that does not exist",
             .docs = "`scaleTargetRef` is looked up by kind and name in the autoscaler's own namespace. Targets of other kinds, custom "
                     "resources with a scale subresource, are left alone.",
             .effect = "nothing is scaled: the autoscaler reports FailedGetScale and the workload keeps its replicas",
             .source = "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/",
             .severity = Severity::warning,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
