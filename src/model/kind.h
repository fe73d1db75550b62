#pragma once
// The kinds hoplint knows, as a table. Knows nothing of documents.
// Source of groups and scopes: kubernetes.io API reference, istio.io/docs/reference/config, the CRDs of each project.

#include <cstdint>
#include <span>
#include <string_view>

namespace hop {

enum class Kind : std::uint8_t {
  other,  ///< a Kubernetes object no rule looks into
  // core and apps
  namespace_,
  service,
  pod,
  secret,
  config_map,
  service_account,
  node,
  persistent_volume_claim,
  deployment,
  stateful_set,
  daemon_set,
  replica_set,
  replication_controller,
  job,
  cron_job,
  rollout,
  pod_disruption_budget,
  horizontal_pod_autoscaler,
  network_policy,
  role,
  role_binding,
  cluster_role,
  cluster_role_binding,
  mutating_webhook,
  validating_webhook,
  custom_resource_definition,
  // entry
  ingress,
  ingress_class,
  ingress_class_params,
  target_group_binding,
  // what provides Secrets
  certificate,
  external_secret,
  sealed_secret,
  // Istio
  gateway,
  virtual_service,
  destination_rule,
  service_entry,
  sidecar,
  envoy_filter,
  workload_entry,
  workload_group,
  proxy_config,
  peer_authentication,
  request_authentication,
  authorization_policy,
  telemetry,
  wasm_plugin,
  traffic_extension,
  istio_operator,
  istio,
  // Gateway API
  k8s_gateway,
  gateway_class,
  http_route,
  grpc_route,
  tls_route,
  tcp_route,
  reference_grant,
  backend_tls_policy,
  // how manifests are put together
  kustomization,
  application,
  helm_release,
  count_
};

/// Where a kind lives. A cluster-scoped object's namespace, if written, is ignored.
enum class Scope : std::uint8_t { namespaced, cluster };

struct KindInfo {
  Kind kind;
  std::string_view name;       ///< as in `kind:`
  std::string_view groups[3];  ///< every API group that serves it or did, the current first; "" is the core group
  std::size_t group_count;
  Scope scope;
};

const KindInfo& info(Kind kind);
/// `Kind::other` for anything not in the table. `api_version` as written: "networking.istio.io/v1".
Kind find_kind(std::string_view api_version, std::string_view kind_name);
/// By kind name with or without group: "Gateway" is Istio's, "Gateway.gateway.networking.k8s.io" is Gateway API's; for configuration.
Kind find_kind_by_name(std::string_view name);
std::span<const KindInfo> all_kinds();

/// "networking.istio.io" of "networking.istio.io/v1"; "" for the core group.
std::string_view group_of(std::string_view api_version);
std::string_view version_of(std::string_view api_version);

/// What a rule reads: kinds, and facets that graph computes from several kinds.
enum class Facet : std::uint8_t {
  files = static_cast<std::uint8_t>(Kind::count_),
  references,
  workloads,
  injection,
  mtls,
  mesh,
  entry,
  routing,
  count_
};

class KindSet {
 public:
  constexpr KindSet() = default;
  /// Any mix of kinds and facets.
  template <class... Member>
  constexpr KindSet(Member... members) {  // NOLINT(google-explicit-constructor): reads as a list
    (add(members), ...);
  }
  constexpr void add(Kind kind) { set(static_cast<unsigned>(kind)); }
  constexpr void add(Facet facet) { set(static_cast<unsigned>(facet)); }
  constexpr bool has(Kind kind) const { return get(static_cast<unsigned>(kind)); }
  constexpr bool has(Facet facet) const { return get(static_cast<unsigned>(facet)); }
  /// By number: kinds, then facets.
  constexpr bool has_member(unsigned member) const { return get(member); }
  /// Members of this set that are not in `other`.
  constexpr KindSet without(const KindSet& other) const {
    KindSet rest;
    for (unsigned i = 0; i < words; ++i) rest.bits_[i] = bits_[i] & ~other.bits_[i];
    return rest;
  }
  constexpr KindSet& operator|=(const KindSet& other) {
    for (unsigned i = 0; i < words; ++i) bits_[i] |= other.bits_[i];
    return *this;
  }
  constexpr bool empty() const {
    for (std::uint64_t word : bits_) {
      if (word != 0) return false;
    }
    return true;
  }
  static constexpr KindSet every_kind() {
    KindSet all;
    for (unsigned i = 0; i < static_cast<unsigned>(Kind::count_); ++i) all.set(i);
    return all;
  }

 private:
  static constexpr unsigned words = 2;
  static_assert(static_cast<unsigned>(Facet::count_) <= words * 64);
  constexpr void set(unsigned bit) { bits_[bit / 64] |= std::uint64_t{1} << (bit % 64); }
  constexpr bool get(unsigned bit) const { return ((bits_[bit / 64] >> (bit % 64)) & 1U) != 0; }
  std::uint64_t bits_[words] = {};
};

}  // namespace hop
