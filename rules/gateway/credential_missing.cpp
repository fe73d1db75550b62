// A server's credentialName that nothing among the manifests provides.
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::string or_default(std::string_view ns) { return std::string(ns.empty() ? "default" : ns); }

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::gateway_credential)) {
    if (!edge.to.missing()) continue;
    const std::string ns = or_default(edge.ns);
    Finding finding = report.at(*edge.from, edge.place, format("nothing provides Secret `{}` in namespace `{}`", edge.name, ns))
                          .alias("IST0101")
                          .missing(edge.to)
                          .target(format("Secret {}/{}", ns, edge.name));
    if (edge.to.elsewhere != nullptr) {
      finding.label("read in the namespace of the gateway's pods");
    } else {
      finding.effect(format("{}; if it is made elsewhere, declare it: known: [\"Secret {}/{}\"]", report.rule().effect, ns, edge.name));
    }
    if (edge.to.near != nullptr)
      finding.fix(format("change it to `{}`", edge.to.near->name), edge.place, edge.to.near->name, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule gateway_credential_missing = {
    .info = {.id = "gateway-credential-missing",
             .summary = "a Gateway server's certificate Secret does not exist where the gateway's pods are",
             .docs =
                 "`credentialName` is looked up in the namespace of the pods that the Gateway selects, not in the Gateway's own. Secrets, "
                 "cert-manager Certificates, ExternalSecrets, SealedSecrets and kustomize's secretGenerator provide one.\n\n"
                 "Secrets are often made by hand, so without `complete` this is a warning where the gateway's pods are among the "
                 "manifests and info otherwise; a Secret of that name in another namespace makes it an error.",
             .effect = "the gateway gets no certificate and resets every TLS connection to this server",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings",
             .severity = Severity::error,
             .aliases = {"IST0101"},
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
