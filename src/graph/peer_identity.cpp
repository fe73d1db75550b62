#include "graph/peer_identity.h"

#include <algorithm>

#include "model/istio/views.h"
#include "text/format.h"

namespace hop {
namespace {

using Answer = std::optional<NoIdentity>;

/// A mode for the whole workload may have ports that are exempt from it.
bool has_port_with_mtls(const EffectiveMtls& mtls) {
  if (mtls.policy == nullptr) return false;
  for (const auto& [port, value] : PeerAuthentication(*mtls.policy).port_modes()) {
    const auto mode = mtls_mode(value["mode"]);
    if (!mode.is_known() || *mode != MtlsMode::disable) return true;
  }
  return false;
}

/// Where it is demanded of the very workload, whoever gets through has an identity; clients that do not are another rule's.
bool demands_of_workload(const EffectiveMtls& mtls) {
  return mtls.known && mtls.mode == MtlsMode::strict && mtls.policy != nullptr && PeerAuthentication(*mtls.policy).selects_workloads();
}

Answer server_refuses(const EffectiveMtls& mtls) {
  if (!mtls.known || mtls.mode != MtlsMode::disable || has_port_with_mtls(mtls)) return std::nullopt;
  return NoIdentity{"pods take plain text only", mtls.decided_by};
}

Answer without_auto_mtls(const Graph& graph) {
  for (const MeshConfig& mesh : graph.mesh_configs()) {
    const yaml::Node setting = mesh.node["enableAutoMtls"];
    if (setting.boolean() == std::optional(false)) return NoIdentity{"no client is told to use mutual TLS", setting};
  }
  return std::nullopt;
}

/// Whether a port or a subset of the rule has TLS settings of its own by which clients use mutual TLS, or may.
bool part_is_mutual(const DestinationRule& rule) {
  const auto is_mutual = [](yaml::Node policy) {
    const auto mode = text_of(policy["tls"]["mode"]);
    return mode.is_unknown() || mode.value_or("").ends_with("MUTUAL");
  };
  const auto any_port = [&](yaml::Node policy) { return std::ranges::any_of(policy["portLevelSettings"].items(), is_mutual); };
  return any_port(rule.traffic_policy()) || std::ranges::any_of(rule.subsets(), [&](yaml::Node subset) {
           return is_mutual(subset["trafficPolicy"]) || any_port(subset["trafficPolicy"]);
         });
}

/// The most specific DestinationRule of the host decides; without TLS settings Istio does by itself.
Answer clients_send_plain(const Graph& graph, const Resource& from, std::string_view host) {
  const SharedRules shared = graph.destination_rules(from, host);
  const HostRules& rules = *shared;
  if (rules.unknown) return std::nullopt;
  const std::vector<DestinationRule>& nearest = rules.exact.empty() ? rules.wide : rules.exact;
  if (nearest.empty()) return without_auto_mtls(graph);
  if (std::any_of(nearest.begin(), nearest.end(), part_is_mutual)) return std::nullopt;
  const yaml::Node tls = nearest.front().traffic_policy()["tls"];
  if (nearest.front()->opaque) return std::nullopt;
  if (!tls) return without_auto_mtls(graph);
  const auto mode = text_of(tls["mode"]);
  if (mode.is_unknown() || mode.value_or("DISABLE").ends_with("MUTUAL")) return std::nullopt;
  return NoIdentity{"clients do not use mutual TLS", tls["mode"]};
}

/// Answers only if clients send plain text to every one of the Services.
Answer plain_to_all(const Graph& graph, std::span<const Service> services) {
  Answer last;
  for (const Service& service : services) {
    last = clients_send_plain(graph, *service, service->name);
    if (!last) return std::nullopt;
  }
  return last;
}

std::uint64_t pair_key(const Resource& at, const yaml::Entry& pair) {
  return KeyHash().add(at.cluster).add(at.ns).add(pair.key.str()).add(pair.value.str()).value();
}

}  // namespace

PeerIdentity::PeerIdentity(const Graph& graph)
    : graph_(graph), rules_open_(std::ranges::any_of(graph.of(Kind::destination_rule), &Resource::opaque)) {
  for (const Service& service : graph.all<Service>()) {
    if (!service.has_selector()) continue;
    for (const yaml::Entry& first : service.selector().entries()) {
      services_.add(pair_key(*service, first), service);
      break;
    }
  }
  services_.seal();
}

/// What holds for a workload with these labels that is not among the manifests.
std::optional<NoIdentity> PeerIdentity::of_labels(const Resource& from, yaml::Node labels) const {
  if (from.ns.empty()) return std::nullopt;
  const EffectiveMtls mtls = graph_.mtls(from, Labels{labels});
  if (auto refused = server_refuses(mtls)) return refused;
  if (!mtls.known || demands_of_workload(mtls) || rules_open_) return std::nullopt;
  std::vector<Service> services;
  for (const yaml::Entry& label : labels.entries()) {
    for (const Service& service : services_.find(pair_key(from, label))) {
      if (graph_.sees(from, *service) && matches(service.selector(), Labels{labels}) == Truth::yes) services.push_back(service);
    }
  }
  std::ranges::sort(services, {}, [](const Service& service) { return service->id; });
  if (!services.empty()) return plain_to_all(graph_, services);
  const bool whole_mesh = from.ns == graph_.root_namespace();
  return clients_send_plain(graph_, from, whole_mesh ? "*.local" : format("*.{}.svc.{}", from.ns, graph_.cluster_domain()));
}

std::optional<NoIdentity> PeerIdentity::of_workload(const Workload& workload) const {
  const EffectiveMtls mtls = graph_.mtls(workload);
  if (auto refused = server_refuses(mtls)) return refused;
  if (demands_of_workload(mtls) || rules_open_) return std::nullopt;
  const std::span<const Service> services = graph_.services_of(workload);
  // Without a Service nothing is known of its clients but what holds for the namespace.
  return services.empty() ? of_labels(*workload, workload.labels().node) : plain_to_all(graph_, services);
}

std::optional<NoIdentity> PeerIdentity::missing(const Resource& policy, yaml::Node selector) {
  if (selector.size() == 0) return of_labels(policy, selector);
  const Graph::Selection& pods = graph_.select(policy, selector, policy.ns == graph_.root_namespace());
  if (pods.unknown) return std::nullopt;
  if (pods.workloads.empty()) return of_labels(policy, selector);
  return of_pods_.of(pods, [&](const Graph::Selection& some) { return of_all(some.workloads); });
}

std::optional<NoIdentity> PeerIdentity::of_all(std::span<const Workload> workloads) const {
  Answer first;
  for (const Workload& workload : workloads) {
    Answer one = of_workload(workload);
    if (!one) return std::nullopt;
    if (!first) first = one;
  }
  return first;
}

}  // namespace hop
