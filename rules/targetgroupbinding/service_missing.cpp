// A TargetGroupBinding for a Service that does not exist.
#include "rule/missing.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::targetgroupbinding_service)) {
    if (edge.to.missing()) report_missing(edge, report);
  }
}

}  // namespace

extern constinit const Rule targetgroupbinding_service_missing = {
    .info = {.id = "targetgroupbinding-service-missing",
             .summary = "a TargetGroupBinding is for a Service that does not exist",
             .docs =
                 "`serviceRef` is looked up in the binding's own namespace. Without `complete` this needs other Services of that namespace "
                 "among the manifests, and is a warning unless a name like it is there.",
             .effect = "the target group stays empty; the load balancer answers 503",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
