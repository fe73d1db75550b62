// A policy for some workloads, or a port, that is weaker than what holds around it.
#include "graph/target_port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool weaker(const Value<MtlsMode>& mode) { return mode.is_known() && (*mode == MtlsMode::disable || *mode == MtlsMode::permissive); }

void report_mode(const PeerAuthentication& policy, const Value<MtlsMode>& mode, const EffectiveMtls& around, std::string_view what,
                 Report& report) {
  Finding finding = report.at(
      policy, mode.node(),
      format("{} {} although mTLS is STRICT around it", what, *mode == MtlsMode::disable ? "refuses mTLS" : "accepts plain text"));
  if (around.policy != nullptr) finding.note(around.decided_by, "STRICT is set here");
  // PERMISSIVE is a step on the way for clients outside the mesh; DISABLE cuts off every client inside.
  if (*mode == MtlsMode::permissive) finding.severity(Severity::info);
}

/// Whether the port is one of the Service: nobody calls it on the pods, and a rule of its own says so.
bool is_mistaken(const Graph& graph, const PeerAuthentication& policy, yaml::Node port) {
  const auto number = integer_of(port, true);
  if (!number.is_known()) return false;
  return graph.pod_ports(*policy, graph.select(*policy, policy.selector(), false)).mistaken(*number).has_value();
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const PeerAuthentication policy(resource);
  if (!policy.selects_workloads() || !policy->ns_known) return;
  if (policy->ns == graph.root_namespace()) return;  // ignored, which is a mistake of its own
  const EffectiveMtls around = graph.mtls_of_namespace(*policy);
  const auto own = mtls_mode(policy.mode());
  if (around.known && around.mode == MtlsMode::strict && weaker(own)) report_mode(policy, own, around, "this workload", report);
  const bool strict =
      own.is_known() && *own != MtlsMode::unset ? *own == MtlsMode::strict : around.known && around.mode == MtlsMode::strict;
  if (!strict) return;
  EffectiveMtls base = around;
  if (own.is_known() && *own == MtlsMode::strict) base = {MtlsMode::strict, true, policy.resource, own.node()};
  for (const auto& [port, value] : policy.port_modes()) {
    const auto mode = mtls_mode(value["mode"]);
    if (weaker(mode) && !is_mistaken(graph, policy, port)) report_mode(policy, mode, base, format("port {}", port.str()), report);
  }
}

}  // namespace

extern constinit const Rule mtls_exception_weaker = {
    .info = {.id = "mtls-exception-weaker",
             .summary = "a workload or a port is exempt from STRICT mutual TLS",
             .docs =
                 "A PeerAuthentication with a selector, or `portLevelMtls`, that is weaker than what the namespace or the mesh requires. "
                 "`portLevelMtls` numbers are ports of the pod, not of the Service.\n\n"
                 "PERMISSIVE is info, DISABLE a warning: clients inside the mesh that use mTLS are refused.",
             .effect = "traffic to this workload or port travels unencrypted and unauthenticated",
             .source = "https://istio.io/latest/docs/reference/config/security/peer_authentication/",
             .severity = Severity::warning,
             .group = Group::security},
    .reads = {Kind::peer_authentication, Kind::service, Facet::workloads, Facet::mtls, Facet::mesh},
    .each = Kind::peer_authentication,
    .check_each = check_each,
};

}  // namespace hop::rules
