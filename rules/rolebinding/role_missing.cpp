// A binding to a role that does not exist.
#include "rule/missing.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::role_ref)) {
    if (edge.to.missing()) report_missing(edge, report);
  }
}

}  // namespace

extern constinit const Rule rolebinding_role_missing = {
    .info = {.id = "rolebinding-role-missing",
             .summary = "a RoleBinding or ClusterRoleBinding grants a role that does not exist",
             .docs =
                 "A Role is looked up in the binding's own namespace. That a ClusterRole is missing is said with `complete` only; those "
                 "of Kubernetes itself (`view`, `edit`, `admin`, `cluster-admin`, `system:…`) are always there.\n\n"
                 "`roleRef` cannot be changed later: the binding has to be made anew.",
             .effect = "the binding is accepted and grants nothing: its subjects are forbidden what they need",
             .source = "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding",
             .severity = Severity::warning,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
