// A binding to a service account that does not exist.
#include "rule/missing.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::role_subject)) {
    if (edge.to.missing()) report_missing(edge, report);
  }
}

}  // namespace

extern constinit const Rule rolebinding_subject_missing = {
    .info = {.id = "rolebinding-subject-missing",
             .summary = "a RoleBinding or ClusterRoleBinding is for a ServiceAccount that does not exist",
             .docs = "Subjects of kind ServiceAccount are looked up in the namespace that they name. Users and groups are not known to the "
                     "cluster and left alone.",
             .effect = "the rights are granted to nobody; the workload that needs them runs without",
             .source = "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects",
             .severity = Severity::warning,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
