#include "model/kind.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/ensure.h"
#include "text/short_text.h"
#include "yaml/key.h"

namespace hop {
namespace {

constexpr Scope ns = Scope::namespaced;
constexpr Scope cluster = Scope::cluster;

constexpr KindInfo one(Kind kind, std::string_view name, std::string_view group, Scope scope) { return {kind, name, {group}, 1, scope}; }
constexpr KindInfo two(Kind kind, std::string_view name, std::string_view now, std::string_view before, Scope scope) {
  return {kind, name, {now, before}, 2, scope};
}

constexpr std::string_view networking = "networking.istio.io";
constexpr std::string_view security = "security.istio.io";
constexpr std::string_view k8s_gateway = "gateway.networking.k8s.io";
constexpr std::string_view rbac = "rbac.authorization.k8s.io";

// In the order of the enumerators, so that a Kind is an index.
constexpr std::array<KindInfo, static_cast<std::size_t>(Kind::count_)> table = {{
    one(Kind::other, "", "", ns),
    one(Kind::namespace_, "Namespace", "", cluster),
    one(Kind::service, "Service", "", ns),
    one(Kind::pod, "Pod", "", ns),
    one(Kind::secret, "Secret", "", ns),
    one(Kind::config_map, "ConfigMap", "", ns),
    one(Kind::service_account, "ServiceAccount", "", ns),
    one(Kind::node, "Node", "", cluster),
    one(Kind::persistent_volume_claim, "PersistentVolumeClaim", "", ns),
    two(Kind::deployment, "Deployment", "apps", "extensions", ns),
    one(Kind::stateful_set, "StatefulSet", "apps", ns),
    two(Kind::daemon_set, "DaemonSet", "apps", "extensions", ns),
    two(Kind::replica_set, "ReplicaSet", "apps", "extensions", ns),
    one(Kind::replication_controller, "ReplicationController", "", ns),
    one(Kind::job, "Job", "batch", ns),
    one(Kind::cron_job, "CronJob", "batch", ns),
    one(Kind::rollout, "Rollout", "argoproj.io", ns),
    one(Kind::pod_disruption_budget, "PodDisruptionBudget", "policy", ns),
    one(Kind::horizontal_pod_autoscaler, "HorizontalPodAutoscaler", "autoscaling", ns),
    two(Kind::network_policy, "NetworkPolicy", "networking.k8s.io", "extensions", ns),
    one(Kind::role, "Role", rbac, ns),
    one(Kind::role_binding, "RoleBinding", rbac, ns),
    one(Kind::cluster_role, "ClusterRole", rbac, cluster),
    one(Kind::cluster_role_binding, "ClusterRoleBinding", rbac, cluster),
    one(Kind::mutating_webhook, "MutatingWebhookConfiguration", "admissionregistration.k8s.io", cluster),
    one(Kind::validating_webhook, "ValidatingWebhookConfiguration", "admissionregistration.k8s.io", cluster),
    one(Kind::custom_resource_definition, "CustomResourceDefinition", "apiextensions.k8s.io", cluster),
    two(Kind::ingress, "Ingress", "networking.k8s.io", "extensions", ns),
    one(Kind::ingress_class, "IngressClass", "networking.k8s.io", cluster),
    two(Kind::ingress_class_params, "IngressClassParams", "elbv2.k8s.aws", "eks.amazonaws.com", cluster),
    two(Kind::target_group_binding, "TargetGroupBinding", "elbv2.k8s.aws", "eks.amazonaws.com", ns),
    two(Kind::certificate, "Certificate", "cert-manager.io", "certmanager.k8s.io", ns),
    two(Kind::external_secret, "ExternalSecret", "external-secrets.io", "kubernetes-client.io", ns),
    one(Kind::sealed_secret, "SealedSecret", "bitnami.com", ns),
    one(Kind::gateway, "Gateway", networking, ns),
    one(Kind::virtual_service, "VirtualService", networking, ns),
    one(Kind::destination_rule, "DestinationRule", networking, ns),
    one(Kind::service_entry, "ServiceEntry", networking, ns),
    one(Kind::sidecar, "Sidecar", networking, ns),
    one(Kind::envoy_filter, "EnvoyFilter", networking, ns),
    one(Kind::workload_entry, "WorkloadEntry", networking, ns),
    one(Kind::workload_group, "WorkloadGroup", networking, ns),
    one(Kind::proxy_config, "ProxyConfig", networking, ns),
    one(Kind::peer_authentication, "PeerAuthentication", security, ns),
    one(Kind::request_authentication, "RequestAuthentication", security, ns),
    one(Kind::authorization_policy, "AuthorizationPolicy", security, ns),
    one(Kind::telemetry, "Telemetry", "telemetry.istio.io", ns),
    one(Kind::wasm_plugin, "WasmPlugin", "extensions.istio.io", ns),
    one(Kind::traffic_extension, "TrafficExtension", "extensions.istio.io", ns),
    one(Kind::istio_operator, "IstioOperator", "install.istio.io", ns),
    one(Kind::istio, "Istio", "sailoperator.io", cluster),
    one(Kind::k8s_gateway, "Gateway", k8s_gateway, ns),
    one(Kind::gateway_class, "GatewayClass", k8s_gateway, cluster),
    one(Kind::http_route, "HTTPRoute", k8s_gateway, ns),
    one(Kind::grpc_route, "GRPCRoute", k8s_gateway, ns),
    one(Kind::tls_route, "TLSRoute", k8s_gateway, ns),
    one(Kind::tcp_route, "TCPRoute", k8s_gateway, ns),
    one(Kind::reference_grant, "ReferenceGrant", k8s_gateway, ns),
    one(Kind::backend_tls_policy, "BackendTLSPolicy", k8s_gateway, ns),
    one(Kind::kustomization, "Kustomization", "kustomize.config.k8s.io", ns),
    one(Kind::application, "Application", "argoproj.io", ns),
    one(Kind::helm_release, "HelmRelease", "helm.toolkit.fluxcd.io", ns),
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].kind) != i) return false;
  }
  return true;
}
static_assert(in_order(), "the table stands in the order of the enumerators");

/// A hash table of the names: where a search begins, and the position of a kind and 1, or 0 for a free place.
constexpr std::size_t first_place(std::string_view name) { return yaml::key_byte(yaml::key_hash(name)); }
constexpr std::array<std::uint8_t, 256> places = [] {
  std::array<std::uint8_t, 256> filled{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    std::size_t at = first_place(table[i].name);
    while (filled[at] != 0) at = (at + 1) % filled.size();
    filled[at] = static_cast<std::uint8_t>(i + 1);
  }
  return filled;
}();

bool has_group(const KindInfo& kind, std::string_view group) {
  return std::find(kind.groups, kind.groups + kind.group_count, group) != kind.groups + kind.group_count;
}

}  // namespace

const KindInfo& info(Kind kind) {
  HOP_ENSURE(kind < Kind::count_);
  return table[static_cast<std::size_t>(kind)];
}

std::string_view group_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view{} : api_version.substr(0, slash);
}

std::string_view version_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? api_version : api_version.substr(slash + 1);
}

Kind find_kind(std::string_view api_version, std::string_view kind_name) {
  const std::string_view group = group_of(api_version);
  if (kind_name.empty()) return Kind::other;
  for (std::size_t at = first_place(kind_name); places[at] != 0; at = (at + 1) % places.size()) {
    const KindInfo& kind = table[places[at] - 1U];
    if (same_short_text(kind.name, kind_name) && has_group(kind, group)) return kind.kind;
  }
  return Kind::other;
}

Kind find_kind_by_name(std::string_view name) {
  const std::size_t dot = name.find('.');
  const std::string_view kind_name = name.substr(0, dot);
  for (const KindInfo& kind : table) {
    if (kind.kind == Kind::other || kind.name != kind_name) continue;
    if (dot == std::string_view::npos || has_group(kind, name.substr(dot + 1))) return kind.kind;
  }
  return Kind::other;
}

std::span<const KindInfo> all_kinds() { return table; }

}  // namespace hop
