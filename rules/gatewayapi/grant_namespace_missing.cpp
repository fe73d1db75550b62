// A ReferenceGrant for a namespace that does not exist.
#include "graph/namespaces.h"
#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  LivedInNamespaces lived(graph);
  for (const ReferenceGrant& grant : graph.linted<ReferenceGrant>()) {
    for (yaml::Node from : grant.from()) {
      const auto ns = text_of(from["namespace"]);
      if (!ns.is_known()) continue;
      const Lookup found = graph.find(*grant, Kind::namespace_, "", *ns);
      if (!found.missing() || lived.names().contains(*ns)) continue;
      Finding finding = report.at(grant, ns.node(), format("the namespace `{}` does not exist", *ns));
      finding.alias("KIA1601").missing(found).target(format("Namespace {}", *ns));
      if (found.near != nullptr) finding.fix(format("change it to `{}`", found.near->name), ns.node(), found.near->name, Safety::unsafe);
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_grant_namespace_missing = {
    .info = {.id = "gatewayapi-grant-namespace-missing",
             .summary = "a ReferenceGrant lets in references from a namespace that does not exist",
             .docs = "A namespace exists if it is among the manifests, or anything that lives in it. Needs `complete`: Namespaces are "
                     "often made by other means than manifests.",
             .effect = "references from the namespace that was meant are refused; whoever creates this one may use the grant",
             .source = "https://gateway-api.sigs.k8s.io/api-types/referencegrant/",
             .severity = Severity::warning,
             .aliases = {"KIA1601"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::reference_grant, Kind::namespace_, Facet::files},
    .check = check,
};

}  // namespace hop::rules
