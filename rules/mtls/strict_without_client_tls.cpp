// STRICT servers in a mesh whose clients do not use mTLS of their own accord.
#include <set>

#include "graph/client_tls.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Callers {
  bool mesh = false;
  std::set<std::string, std::less<>> namespaces;
};

Callers callers_with_tls(const Graph& graph) {
  Callers callers;
  for (const DestinationRule& rule : graph.all<DestinationRule>()) {
    const ClientTls tls = client_tls(graph, rule);
    if (!tls.mutual() && !rule->opaque && !text_of(tls.node).is_unknown()) continue;
    callers.mesh = callers.mesh || tls.reach == Reach::mesh || rule->opaque;
    if (tls.reach == Reach::one_namespace) callers.namespaces.insert(tls.ns);
  }
  return callers;
}

void check(const Graph& graph, Report& report) {
  const Callers callers = callers_with_tls(graph);
  for (const PeerAuthentication& policy : graph.linted<PeerAuthentication>()) {
    const auto mode = mtls_mode(policy.mode());
    if (policy.selects_workloads() || !mode.is_known() || *mode != MtlsMode::strict || !auto_mtls_is_off(graph, *policy)) continue;
    if (callers.mesh || callers.namespaces.contains(policy->ns)) continue;
    const bool root = policy->ns == graph.root_namespace();
    Finding finding = report.at(policy, mode.node(), "mTLS is required, and no DestinationRule makes clients use it");
    finding.alias(root ? "KIA0401" : "KIA0501").note(auto_mtls(graph, *policy).node(), "automatic mTLS is off");
    if (!graph.complete(policy->ns)) finding.severity(Severity::warning);
  }
}

}  // namespace

extern constinit const Rule mtls_strict_without_client_tls = {
    .info = {.id = "mtls-strict-without-client-tls",
             .summary = "mTLS is required of clients that do not use it",
             .docs =
                 "With `enableAutoMtls: false` sidecars call in plain text unless a DestinationRule says ISTIO_MUTUAL. Looks for one for "
                 "`*.local`, or for the namespace's `*.<namespace>.svc.<cluster domain>`.\n\nSilent while automatic mTLS is on, which is "
                 "the default.",
             .effect = "calls between sidecars are refused: connection reset",
             .source = "https://istio.io/latest/docs/tasks/security/authentication/authn-policy/",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"KIA0401", "KIA0501"}},
    .reads = {Kind::peer_authentication, Kind::destination_rule, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
