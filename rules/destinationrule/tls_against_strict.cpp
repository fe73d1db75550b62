// A DestinationRule that makes clients call STRICT servers without mTLS.
#include <algorithm>

#include "graph/client_tls.h"
#include "graph/target_port.h"
#include "model/istio/inbound_ports.h"
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

/// TLS settings and what they are for: the whole host, one of its ports, a subset.
struct Part {
  ClientTls tls;
  std::optional<std::int64_t> port;
  yaml::Node labels;                ///< of the subset; absent for the host
  std::vector<std::int64_t> apart;  ///< ports with settings of their own
};

void add_parts(yaml::Node policy, yaml::Node labels, std::vector<Part>& parts) {
  const auto add = [&](yaml::Node tls, std::optional<std::int64_t> port, std::vector<std::int64_t> apart) {
    const auto mode = text_of(tls["mode"]);
    if (!tls.is_mapping() || mode.is_unknown()) return;
    ClientTls said;
    said.mode = mode.value_or("DISABLE");
    said.node = mode.is_absent() ? tls : mode.node();
    if (said.mode == "DISABLE" || said.mode == "SIMPLE") parts.push_back({said, port, labels, std::move(apart)});
  };
  std::vector<std::int64_t> apart;
  for (yaml::Node settings : policy["portLevelSettings"].items()) {
    const auto port = integer_of(settings["port"]["number"]);
    if (!port.is_known()) return;
    apart.push_back(*port);
    add(settings["tls"], *port, {});
  }
  add(policy["tls"], std::nullopt, apart);
}

std::vector<Part> parts_of(const DestinationRule& rule) {
  std::vector<Part> parts;
  add_parts(rule.traffic_policy(), {}, parts);
  for (yaml::Node subset : rule.subsets()) add_parts(subset["trafficPolicy"], subset["labels"], parts);
  return parts;
}

bool is_about(const Part& part, const ServicePort& port) {
  const auto number = port.number();
  if (!number.is_known()) return !part.port;
  if (part.port) return *number == *part.port;
  return std::find(part.apart.begin(), part.apart.end(), *number) == part.apart.end();
}

/// What holds for the pods of one Service: all that the settings are about must require mTLS.
void check_service(const Graph& graph, const DestinationRule& rule, const Part& part, const Service& service, Report& report) {
  if (!service.has_selector() || service->opaque) return;
  const Graph::Selection& pods = graph.pods_of(service);
  if (pods.unknown) return;
  EffectiveMtls servers;
  servers.known = false;
  for (const Workload& workload : pods.workloads) {
    const Truth meant = part.labels ? matches(part.labels, workload.labels()) : Truth::yes;
    if (meant == Truth::no) continue;
    if (meant == Truth::unknown || graph.injection(workload).plane != Dataplane::sidecar) return;
    for (yaml::Node port : service.ports()) {
      if (!is_about(part, ServicePort{port})) continue;
      const auto target = pod_port_number(ServicePort{port});
      if (target && istio::bypasses_sidecar(workload, *target) != Truth::no) return;
      servers = graph.mtls(workload, target);
      if (!strict(servers)) return;
    }
  }
  if (strict(servers)) report_rule(rule, part.tls, servers, "", report);
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const DestinationRule rule(resource);
  const ClientTls tls = client_tls(graph, rule);
  if (tls.reach != Reach::host) {
    if (tls.mode == "DISABLE" || tls.mode == "SIMPLE") check_wide(graph, rule, tls, report);
    return;
  }
  const std::vector<Part> parts = parts_of(rule);
  if (parts.empty()) return;
  for (const Edge* edge : graph.from(*rule)) {
    if (edge->relation != Relation::destinationrule_host || !edge->to.found() || !edge->to.copies.empty()) continue;
    if (edge->to.target->kind != Kind::service) continue;
    for (const Part& part : parts) check_service(graph, rule, part, Service(*edge->to.target), report);
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
    .each = Kind::destination_rule,
    .check_each = check_each,
};

}  // namespace hop::rules
