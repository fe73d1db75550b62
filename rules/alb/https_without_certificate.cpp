// An HTTPS listener for which no certificate can be found.
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether the Ingress names a host by which the controller can look for a certificate.
bool has_host(const Ingress& ingress) {
  for (yaml::Node rule : ingress.rules()) {
    if (const auto host = text_of(rule["host"]); host.is_unknown() || !host.value_or("").empty()) return true;
  }
  for (yaml::Node tls : ingress.spec()["tls"].items()) {
    if (tls["hosts"].size() > 0) return true;
  }
  return false;
}

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    if (!group.known) continue;
    for (const Listener& listener : group.listeners) {
      if (!listener.https || !listener.certificates.empty()) continue;
      bool found = false;
      for (const Listener::Source& source : listener.sources) found = found || has_host(Ingress(group.ingress(source)));
      if (found) continue;
      const Listener::Source& source = listener.sources.front();
      Finding finding = report.at(group.ingress(source), source.node,
                                  format("nothing says which certificate the HTTPS listener on port {} has", listener.port));
      finding.label("neither certificate-arn nor a host to look for");
      if (!group.whole) finding.severity(Severity::warning);
    }
  }
}

}  // namespace

extern constinit const Rule alb_https_without_certificate = {
    .info = {.id = "alb-https-without-certificate",
             .summary = "an HTTPS listener has no certificate and no host to find one by",
             .docs =
                 "Without `certificate-arn` (or `certificateArn` of the IngressClassParams) the controller looks for certificates in ACM "
                 "that match the hosts of the rules and of `spec.tls`. Without a single host there is nothing to look for. A Secret in "
                 "`spec.tls` is never read.\n\nA warning where other Ingresses of the group may live elsewhere.",
             .effect = "AWS refuses the listener, and no Ingress of the group is updated any more",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/cert_discovery/",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
