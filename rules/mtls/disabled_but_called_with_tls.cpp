// Servers that refuse mTLS, and a DestinationRule that makes every client use it.
#include <map>

#include "graph/client_tls.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Callers {
  std::map<std::string, ClientTls, std::less<>> namespaces;  ///< what a rule for the whole namespace says
  std::optional<ClientTls> mesh;                             ///< a rule for the whole mesh that says mutual TLS
};

Callers callers_of(const Graph& graph) {
  Callers callers;
  for (const DestinationRule& rule : graph.all<DestinationRule>()) {
    const ClientTls tls = client_tls(graph, rule);
    if (tls.mode.empty()) continue;
    if (tls.reach == Reach::one_namespace) callers.namespaces.emplace(tls.ns, tls);
    if (tls.reach == Reach::mesh && tls.mutual() && !callers.mesh) callers.mesh = tls;
  }
  return callers;
}

void check(const Graph& graph, Report& report) {
  const Callers callers = callers_of(graph);
  for (const PeerAuthentication& policy : graph.linted<PeerAuthentication>()) {
    const auto mode = mtls_mode(policy.mode());
    if (policy.selects_workloads() || !mode.is_known() || *mode != MtlsMode::disable) continue;
    const bool root = policy->ns == graph.root_namespace();
    const auto own = callers.namespaces.find(policy->ns);
    const ClientTls* tls = !root && own != callers.namespaces.end() ? &own->second : callers.mesh ? &*callers.mesh : nullptr;
    if (tls == nullptr || !tls->mutual()) continue;
    report.at(policy, mode.node(), "mTLS is refused, and a DestinationRule makes clients use it")
        .alias(root ? "KIA0506" : "KIA0505")
        .note(tls->node, "clients use mTLS by this rule");
  }
}

}  // namespace

extern constinit const Rule mtls_disabled_but_called_with_tls = {
    .info = {.id = "mtls-disabled-but-called-with-tls",
             .summary = "mTLS is refused, and a DestinationRule makes clients use it",
             .docs =
                 "A PeerAuthentication of a namespace or the mesh says DISABLE, and a DestinationRule for the same namespace, or else for "
                 "`*.local`, says ISTIO_MUTUAL or MUTUAL. Without the DestinationRule automatic mTLS would do what the servers can.",
             .effect = "every call fails with 503: the server does not understand TLS",
             .source = "https://istio.io/latest/docs/ops/common-problems/network-issues/#503-errors-after-setting-destination-rule",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"KIA0505", "KIA0506"}},
    .reads = {Kind::peer_authentication, Kind::destination_rule, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
