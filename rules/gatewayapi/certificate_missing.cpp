// Listeners whose certificate does not exist.
#include "graph/gateway_class.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::listener_certificate)) {
    if (!edge.to.missing() || is_aws_gateway_controller(controller_of(graph, K8sGateway(*edge.from)))) continue;
    const std::string_view ns = edge.ns.empty() ? "default" : edge.ns;
    Finding finding = report.at(*edge.from, edge.place, format("nothing provides the Secret `{}` in namespace `{}`", edge.name, ns));
    finding.missing(edge.to).target(format("Secret {}/{}", ns, edge.name));
    if (edge.to.near != nullptr)
      finding.fix(format("change it to `{}`", edge.to.near->name), edge.place, edge.to.near->name, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule gatewayapi_certificate_missing = {
    .info = {.id = "gatewayapi-certificate-missing",
             .summary = "a listener of a Gateway names a Secret that does not exist",
             .docs = "`certificateRefs` name Secrets in the Gateway's namespace, or in the one that is given. Secrets, "
                     "cert-manager Certificates, ExternalSecrets and SealedSecrets provide one.\n\nSecrets are often made by "
                     "hand: without `complete` this is info, unless one of nearly that name is among the manifests, or one of "
                     "that name in another namespace.",
             .effect = "the listener gets no certificate and takes no connections",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.GatewayTLSConfig",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::gateway_class, Facet::references},
    .check = check,
};

}  // namespace hop::rules
