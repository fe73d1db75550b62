// A workload that runs as a service account that does not exist.
#include "rule/missing.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::workload_account)) {
    if (edge.to.missing()) report_missing(edge, report);
  }
}

}  // namespace

extern constinit const Rule workload_service_account_missing = {
    .info = {.id = "workload-service-account-missing",
             .summary = "a workload runs as a ServiceAccount that does not exist",
             .docs = "`serviceAccountName` is looked up in the workload's own namespace; `default` is always there.\n\n"
                     "Without `complete` this needs other ServiceAccounts of that namespace among the manifests, and is a warning unless a "
                     "name like it is there.",
             .effect = "no pod is created: the admission of each is forbidden",
             .source = "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
