// A DestinationRule that makes clients call STRICT servers without mTLS.
#include "graph/client_tls.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void report_rule(const DestinationRule& rule, const ClientTls& tls, const EffectiveMtls& servers, std::string_view alias, Report& report) {
  const std::string_view how = tls.mode == "DISABLE" ? "in plain text" : "with TLS that is not the mesh's";
  Finding finding = report.at(rule, tls.node, format("calls to `{}` go out {}, and mTLS is required there", rule.host().str(), how));
  if (!alias.empty() && tls.mode == "DISABLE") finding.alias(alias);
  if (servers.policy != nullptr) finding.note(servers.decided_by, "STRICT is set here");
}

bool strict(const EffectiveMtls& servers) { return servers.known && servers.mode == MtlsMode::strict; }

/// What holds for the namespace, or for the whole mesh.
void check_wide(const Graph& graph, const DestinationRule& rule, const ClientTls& tls, Report& report) {
  Resource seeker = *rule;
  seeker.ns = tls.reach == Reach::mesh ? graph.root_namespace() : std::string_view(tls.ns);
  seeker.ns_known = true;
  const EffectiveMtls servers = graph.mtls_of_namespace(seeker);
  if (!strict(servers) || servers.policy == nullptr) return;
  report_rule(rule, tls, servers, servers.policy->ns == graph.root_namespace() ? "KIA0208" : "KIA0207", report);
}

/// The pod's port behind a Service port, where it is a number.
std::optional<std::int64_t> pod_port(const ServicePort& port) {
  if (!port.target_port()) return port.number().is_known() ? std::optional(*port.number()) : std::nullopt;
  return port.target_port().integer();
}

/// What holds for the pods of one Service: all its ports and pods must require mTLS.
void check_service(const Graph& graph, const DestinationRule& rule, const ClientTls& tls, const Service& service, Report& report) {
  if (!service.has_selector() || service->opaque) return;
  const Graph::Selection& pods = graph.pods_of(service);
  if (pods.unknown || pods.workloads.empty()) return;
  EffectiveMtls servers;
  for (const Workload& workload : pods.workloads) {
    if (graph.injection(workload).plane != Dataplane::sidecar) return;
    for (yaml::Node port : service.ports()) {
      servers = graph.mtls(workload, pod_port(ServicePort{port}));
      if (!strict(servers)) return;
    }
  }
  if (strict(servers)) report_rule(rule, tls, servers, "", report);
}

void check(const Graph& graph, Report& report) {
  for (const DestinationRule& rule : graph.linted<DestinationRule>()) {
    const ClientTls tls = client_tls(graph, rule);
    if (tls.mode != "DISABLE" && tls.mode != "SIMPLE") continue;
    if (tls.reach != Reach::host) {
      check_wide(graph, rule, tls, report);
      continue;
    }
    for (const Edge* edge : graph.from(*rule)) {
      if (edge->relation != Relation::destinationrule_host || !edge->to.found() || !edge->to.copies.empty()) continue;
      if (edge->to.target->kind == Kind::service) check_service(graph, rule, tls, Service(*edge->to.target), report);
    }
  }
}

}  // namespace

extern constinit const Rule destinationrule_tls_against_strict = {
    .info = {.id = "destinationrule-tls-against-strict",
             .summary = "a DestinationRule makes clients call STRICT servers without mTLS",
             .docs =
                 "`tls.mode` DISABLE or SIMPLE for a host whose pods require mTLS: a namespace's `*.<namespace>.svc.<cluster domain>` or "
                 "the mesh's "
                 "`*.local` against the PeerAuthentication that holds there, a single Service against the mode in force on every port of "
                 "its pods, where they have a sidecar.\n\nISTIO_MUTUAL, or no `tls` at all, lets clients use mTLS.",
             .effect = "every call fails with 503: connection reset by the server",
             .source = "https://istio.io/latest/docs/ops/common-problems/network-issues/#503-errors-after-setting-destination-rule",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"KIA0207", "KIA0208"}},
    .reads = {Kind::destination_rule, Facet::mesh, Facet::mtls, Facet::references, Facet::workloads, Facet::injection, Kind::namespace_},
    .check = check,
};

}  // namespace hop::rules
