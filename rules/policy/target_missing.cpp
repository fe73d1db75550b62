// Policies for targets that do not exist.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::policy_target)) {
    if (!edge.to.missing()) continue;
    const std::string where = edge.ns.empty() ? "" : format(" in namespace `{}`", edge.ns);
    Finding finding =
        report.at(*edge.from, edge.place, format("the target `{}` of the {} does not exist{}", edge.name, edge.from->kind_name, where));
    finding.missing(edge.to).target(format("{}/{}", edge.ns, edge.name));
    if (edge.to.near != nullptr)
      finding.fix(format("change it to `{}`", edge.to.near->name), edge.place, edge.to.near->name, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule policy_target_missing = {
    .info = {.id = "policy-target-missing",
             .summary = "a policy targets something that does not exist",
             .docs = "`targetRef` and `targetRefs` name a Service, a ServiceEntry or a Gateway of the Gateway API in the "
                     "policy's own namespace, or a GatewayClass. What lives in other namespaces cannot be targeted.",
             .effect = "the policy applies to nothing",
             .source = "https://istio.io/latest/docs/reference/config/type/workload-selector/#PolicyTargetReference",
             .severity = Severity::error,
             .group = Group::security,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
