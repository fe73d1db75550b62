// Probes that a sidecar refuses.
#include "model/istio/inbound_ports.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view annotation = "sidecar.istio.io/rewriteAppHTTPProbers";

/// Where rewriting is switched off: by the pod, else by the installation; absent where it is on.
yaml::Node switched_off(const Graph& graph, const Workload& workload) {
  if (const yaml::Node own = workload.pod_annotation(annotation)) return own.str() == "false" ? own : yaml::Node{};
  for (const IstioOperator& install : graph.all<IstioOperator>()) {
    const yaml::Node global = install.values()["sidecarInjectorWebhook"]["rewriteAppHTTPProbe"];
    if (graph.sees(*workload, *install) && global.boolean() == false) return global;
  }
  return {};
}

/// The port that the kubelet calls, by number or by the container's name for it.
std::optional<std::int64_t> port_of(yaml::Node container, yaml::Node port) {
  if (const auto number = integer_of(port); number.is_known()) return *number;
  for (yaml::Node declared : container["ports"].items()) {
    const auto number = integer_of(declared["containerPort"]);
    if (!port.str().empty() && declared["name"].str() == port.str() && number.is_known()) return *number;
  }
  return std::nullopt;
}

void check_container(const Graph& graph, const Workload& workload, yaml::Node container, yaml::Node off, Report& report) {
  for (const std::string_view probe : {"livenessProbe", "readinessProbe", "startupProbe"}) {
    for (const std::string_view way : {"httpGet", "grpc"}) {
      const yaml::Node port = container[probe][way]["port"];
      const auto number = port_of(container, port);
      if (!number || istio::bypasses_sidecar(workload, *number) != Truth::no) continue;
      const EffectiveMtls mtls = graph.mtls(workload, *number);
      if (!mtls.known || mtls.mode != MtlsMode::strict) continue;
      Finding finding =
          report.at(workload, port, format("the kubelet's `{}` speaks plain text, and port {} takes mTLS only", probe, *number));
      finding.note(off, "probes are not rewritten");
      if (mtls.policy != nullptr) finding.note(mtls.decided_by, "STRICT is set here");
    }
  }
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Workload workload(resource);
  if (workload.is_gateway() || graph.injection(workload).plane != Dataplane::sidecar) return;
  const yaml::Node off = switched_off(graph, workload);
  if (!off) return;
  for (yaml::Node container : workload.containers()) check_container(graph, workload, container, off, report);
}

}  // namespace

extern constinit const Rule workload_probe_blocked_by_mtls = {
    .info = {.id = "workload-probe-blocked-by-mtls",
             .summary = "a probe calls a port that takes mutual TLS only, and is not rewritten",
             .docs = "The kubelet has no certificate of the mesh. The injector therefore sends HTTP and gRPC probes through the "
                     "sidecar's agent, unless `sidecar.istio.io/rewriteAppHTTPProbers: \"false\"` or the installation switches "
                     "that off. Then a STRICT port refuses the probe.\n\nTCP probes always succeed: the sidecar accepts the "
                     "connection. Ports excluded from the sidecar are left out.",
             .effect = "the probe fails: the pod never gets ready, or is restarted again and again",
             .source = "https://istio.io/latest/docs/ops/configuration/mesh/app-health-check/",
             .severity = Severity::error},
    .reads = {Kind::namespace_, Kind::istio_operator, Facet::workloads, Facet::injection, Facet::mtls},
    .each = workload_kinds,
    .check_each = check_each,
};

}  // namespace hop::rules
