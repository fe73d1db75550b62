// Ports taken out of the sidecar that clients of the mesh call.
#include "graph/client_tls.h"
#include "model/istio/inbound_ports.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view annotation = "traffic.sidecar.istio.io/excludeInboundPorts";

/// Whether clients are told to call this Service port without mTLS.
bool called_plainly(const Graph& graph, const Service& service, std::int64_t port) {
  const std::string host = graph.full_host(*service, service->name);
  const SharedRules shared = graph.destination_rules(*service, host);
  const HostRules& rules = *shared;
  if (rules.unknown) return true;
  for (const auto* group : {&rules.exact, &rules.wide}) {
    for (const DestinationRule& rule : *group) {
      const yaml::Node policy = rule.traffic_policy();
      if (rule->opaque || policy["tls"]) return true;
      for (yaml::Node settings : policy["portLevelSettings"].items()) {
        if (integer_of(settings["port"]["number"]).equals(port) != Truth::no && settings["tls"]) return true;
      }
    }
  }
  return false;
}

void check_port(const Graph& graph, const Workload& workload, yaml::Node place, std::int64_t port, Report& report) {
  const EffectiveMtls mtls = graph.mtls(workload, port);
  // Clients of a port that refuses mTLS do not try it.
  if (!mtls.known || mtls.mode == MtlsMode::disable) return;
  for (const Service& service : graph.services_of(workload)) {
    for (yaml::Node node : service.ports()) {
      const ServicePort offered{node};
      const auto number = offered.number();
      const auto target = offered.target_port() ? integer_of(offered.target_port()) : number;
      if (!number.is_known() || target.equals(port) != Truth::yes || called_plainly(graph, service, *number)) continue;
      report.at(workload, place, format("port {} bypasses the sidecar, and clients in the mesh call it with mTLS", port))
          .note(number.node(), format("the Service `{}` offers it", service->name));
      return;
    }
  }
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Workload workload(resource);
  const yaml::Node value = workload.pod_annotation(annotation);
  if (!value || graph.injection(workload).plane != Dataplane::sidecar || auto_mtls_is_off(graph, *workload)) return;
  for (const std::int64_t port : istio::excluded_inbound_ports(workload)) check_port(graph, workload, value, port, report);
}

}  // namespace

extern constinit const Rule workload_excluded_port_called = {
    .info = {.id = "workload-excluded-port-called",
             .summary = "a port is excluded from the sidecar, and a Service offers it to clients in the mesh",
             .docs = "Sidecars call pods of the mesh with mTLS, whatever the port. A port in "
                     "`traffic.sidecar.istio.io/excludeInboundPorts` reaches the application itself, which does not speak it. "
                     "Tell clients: a DestinationRule with `portLevelSettings[].tls.mode: DISABLE`, or `portLevelMtls` DISABLE "
                     "for the workload.\n\nSilent where a DestinationRule for the host says anything about TLS.",
             .effect = "calls from inside the mesh fail with 503; calls from outside work",
             .source = "https://istio.io/latest/docs/reference/config/annotations/",
             .severity = Severity::warning},
    .reads = {Kind::service, Kind::namespace_, Facet::workloads, Facet::injection, Facet::mtls, Facet::mesh, Facet::routing},
    .each = workload_kinds,
    .check_each = check_each,
};

}  // namespace hop::rules
