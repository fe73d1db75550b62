// Listeners with certificates of other namespaces.
#include "graph/grants.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  const ReferenceGrants grants(graph);
  for (const Edge& edge : graph.edges(Relation::listener_certificate)) {
    if (!edge.to.found() || edge.from->ns.empty() || !edge.from->ns_known || edge.ns == edge.from->ns) continue;
    if (grants.allow(*edge.from, "Gateway", edge.ns, "Secret", edge.name) != Truth::no) continue;
    // Without the other namespace's manifests the grant may be among those that are not here.
    const bool complete = graph.complete(edge.ns);
    if (!complete && !edge.to.target->linted()) continue;
    Finding finding =
        report.at(*edge.from, edge.place, format("no ReferenceGrant in namespace `{}` lets this Gateway use the Secret", edge.ns));
    finding.note(edge.to.target->name_node(), "the Secret");
    if (!complete) finding.severity(Severity::warning);
  }
}

}  // namespace

extern constinit const Rule gatewayapi_certificate_not_granted = {
    .info = {.id = "gatewayapi-certificate-not-granted",
             .summary = "a listener of a Gateway uses a Secret of another namespace without a ReferenceGrant",
             .docs = "A certificate in another namespace needs a ReferenceGrant there whose `from` names Gateways of this "
                     "namespace and whose `to` names Secrets.\n\nA warning where the other namespace may hold more than the "
                     "manifests.",
             .effect = "the reference is refused; the listener takes no connections",
             .source = "https://gateway-api.sigs.k8s.io/api-types/referencegrant/",
             .severity = Severity::error},
    .reads = {Kind::reference_grant, Facet::references},
    .check = check,
};

}  // namespace hop::rules
