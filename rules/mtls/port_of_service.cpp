// A mode for a port of the Service, where PeerAuthentications are about ports of the pods.
#include "graph/target_port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const PeerAuthentication& policy : graph.linted<PeerAuthentication>()) {
    if (!policy.selects_workloads() || policy->ns == graph.root_namespace()) continue;
    const PodPorts* ports = nullptr;
    for (const auto& [key, value] : policy.port_modes()) {
      const auto number = integer_of(key, true);
      if (!number.is_known()) continue;
      if (ports == nullptr) ports = &graph.pod_ports(*policy, graph.select(*policy, policy.selector(), false));
      const auto mistaken = ports->mistaken(*number);
      if (!mistaken) continue;
      report.at_key(*policy, value, format("{} is a port of Service `{}`; its pods do not have it", *number, mistaken->service->name))
          .note(pod_port(mistaken->port), "the Service leads here");
    }
  }
}

}  // namespace

extern constinit const Rule mtls_port_of_service = {
    .info = {.id = "mtls-port-of-service",
             .summary = "`portLevelMtls` names a port of the Service, where ports of the pods are meant",
             .docs = "The ports of a PeerAuthentication are those of the workload: `targetPort` of the Service, not its `port`. Told where "
                     "a Service of the selected pods has the port and leads to another one, and the pods neither declare the number nor "
                     "get requests there.",
             .effect = "the entry is about a port that nobody calls: the mode of the workload holds where the other was wanted",
             .source = "https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication-port_level_mtls",
             .severity = Severity::warning,
             .group = Group::security},
    .reads = {Kind::peer_authentication, Kind::service, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
