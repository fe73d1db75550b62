#include "model/api_version.h"

#include <algorithm>
#include <charconv>
#include <compare>
#include <vector>

#include "model/fields/tables.h"
#include "model/kind.h"
#include "text/words.h"

namespace hop {
namespace {

// Source: kubernetes.io/docs/reference/using-api/deprecation-guide.
constexpr RemovedVersion removed[] = {
    {"extensions/v1beta1", "Deployment DaemonSet ReplicaSet", "1.16", "apps/v1"},
    {"extensions/v1beta1", "NetworkPolicy", "1.16", "networking.k8s.io/v1"},
    {"extensions/v1beta1", "PodSecurityPolicy", "1.16", ""},
    {"extensions/v1beta1", "Ingress", "1.22", "networking.k8s.io/v1"},
    {"apps/v1beta1", "Deployment StatefulSet", "1.16", "apps/v1"},
    {"apps/v1beta2", "Deployment StatefulSet DaemonSet ReplicaSet", "1.16", "apps/v1"},
    {"networking.k8s.io/v1beta1", "Ingress IngressClass", "1.22", "networking.k8s.io/v1"},
    {"rbac.authorization.k8s.io/v1beta1", "Role RoleBinding ClusterRole ClusterRoleBinding", "1.22", "rbac.authorization.k8s.io/v1"},
    {"rbac.authorization.k8s.io/v1alpha1", "Role RoleBinding ClusterRole ClusterRoleBinding", "1.22", "rbac.authorization.k8s.io/v1"},
    {"apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", "1.22", "apiextensions.k8s.io/v1"},
    {"apiregistration.k8s.io/v1beta1", "APIService", "1.22", "apiregistration.k8s.io/v1"},
    {"admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration ValidatingWebhookConfiguration", "1.22",
     "admissionregistration.k8s.io/v1"},
    {"certificates.k8s.io/v1beta1", "CertificateSigningRequest", "1.22", "certificates.k8s.io/v1"},
    {"coordination.k8s.io/v1beta1", "Lease", "1.22", "coordination.k8s.io/v1"},
    {"scheduling.k8s.io/v1beta1", "PriorityClass", "1.22", "scheduling.k8s.io/v1"},
    {"storage.k8s.io/v1beta1", "CSIDriver CSINode StorageClass VolumeAttachment", "1.22", "storage.k8s.io/v1"},
    {"batch/v1beta1", "CronJob", "1.25", "batch/v1"},
    {"discovery.k8s.io/v1beta1", "EndpointSlice", "1.25", "discovery.k8s.io/v1"},
    {"events.k8s.io/v1beta1", "Event", "1.25", "events.k8s.io/v1"},
    {"policy/v1beta1", "PodDisruptionBudget", "1.25", "policy/v1"},
    {"policy/v1beta1", "PodSecurityPolicy", "1.25", ""},
    {"node.k8s.io/v1beta1", "RuntimeClass", "1.25", "node.k8s.io/v1"},
    {"autoscaling/v2beta1", "HorizontalPodAutoscaler", "1.25", "autoscaling/v2"},
    {"autoscaling/v2beta2", "HorizontalPodAutoscaler", "1.26", "autoscaling/v2"},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema PriorityLevelConfiguration", "1.26", "flowcontrol.apiserver.k8s.io/v1"},
    {"flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema PriorityLevelConfiguration", "1.29", "flowcontrol.apiserver.k8s.io/v1"},
    {"flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema PriorityLevelConfiguration", "1.32", "flowcontrol.apiserver.k8s.io/v1"},
    {"storage.k8s.io/v1beta1", "CSIStorageCapacity", "1.27", "storage.k8s.io/v1"},
    // Istio's own: removed with the CRDs of that release.
    {"authentication.istio.io/v1alpha1", "Policy MeshPolicy", "1.6", "security.istio.io/v1", true, "PeerAuthentication"},
    {"rbac.istio.io/v1alpha1", "ServiceRole ServiceRoleBinding RbacConfig ClusterRbacConfig", "1.6", "security.istio.io/v1", true,
     "AuthorizationPolicy"},
};

// Groups of which every kind is known: those of Kubernetes that hoplint looks at, Istio's and the Gateway API's.
constexpr std::string_view closed_groups[] = {"",
                                              "apps",
                                              "extensions",
                                              "batch",
                                              "policy",
                                              "autoscaling",
                                              "networking.k8s.io",
                                              "rbac.authorization.k8s.io",
                                              "admissionregistration.k8s.io",
                                              "networking.istio.io",
                                              "security.istio.io",
                                              "telemetry.istio.io",
                                              "extensions.istio.io",
                                              "gateway.networking.k8s.io"};

bool is_closed(std::string_view group) {
  return std::find(std::begin(closed_groups), std::end(closed_groups), group) != std::end(closed_groups);
}

/// Kinds of the closed groups that are not in the table of kinds and near to one that is.
bool is_real(std::string_view kind) { return kind == "UDPRoute" || kind == "BackendLBPolicy"; }

std::vector<std::string_view> served_versions(Kind kind) {
  std::vector<std::string_view> versions;
  for (const auto tables : fields::all_tables()) {
    for (const fields::Table& table : tables) {
      if (table.kind == kind) versions.push_back(table.api_version);
    }
  }
  return versions;
}

/// The API version to write for the kind: with the version that is written, if it is served.
std::string usual_version(Kind kind, std::string_view written) {
  const auto versions = served_versions(kind);
  for (std::string_view version : versions) {
    if (version_of(version) == version_of(written)) return std::string(version);
  }
  return versions.empty() ? std::string{} : std::string(versions.front());
}

bool is_slip_of_group(std::string_view written, std::string_view group) {
  if (written.empty() || group.empty()) return false;
  if (group.size() > written.size() && group.starts_with(written) && group[written.size()] == '.') return true;
  const auto distance = slip(lower(written), group);
  return lower(written) == group || (distance && *distance <= 2);
}

/// `v1beta2` as 1, beta and 2; alpha is 0, and what has no stage is 2. Nothing for what is no version.
struct VersionName {
  unsigned major, stage, step;
  auto operator<=>(const VersionName&) const = default;
};
std::optional<VersionName> parse_version_name(std::string_view text) {
  VersionName version{0, 2, 0};
  const auto take_number = [&](unsigned& number) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
  };
  if (!text.starts_with('v')) return std::nullopt;
  text.remove_prefix(1);
  if (!take_number(version.major)) return std::nullopt;
  if (text.empty()) return version;
  version.stage = text.starts_with("beta") ? 1 : 0;
  if (version.stage == 0 && !text.starts_with("alpha")) return std::nullopt;
  text.remove_prefix(version.stage == 1 ? 4 : 5);
  return take_number(version.step) && text.empty() ? std::optional(version) : std::nullopt;
}

std::optional<Unserved> find_unserved_version(Kind kind, std::string_view api_version) {
  const auto versions = served_versions(kind);
  // The Gateway API's older channels served more than its tables list.
  if (versions.empty() || group_of(api_version) == "gateway.networking.k8s.io") return std::nullopt;
  if (std::find(versions.begin(), versions.end(), api_version) != versions.end()) return std::nullopt;
  Unserved unserved{Unserved::What::version, usual_version(kind, api_version)};
  const auto written = parse_version_name(version_of(api_version));
  if (!written) return unserved;
  unserved.newer = true;
  bool next_major = true;
  for (std::string_view version : versions) {
    const auto known = parse_version_name(version_of(version));
    if (!known) continue;
    unserved.newer = unserved.newer && *known < *written;
    next_major = next_major && known->major < written->major;
  }
  return next_major ? std::nullopt : std::optional(std::move(unserved));
}

std::optional<Unserved> find_misspelt_kind(std::string_view group, std::string_view name) {
  std::vector<std::string_view> names;
  for (const KindInfo& kind : all_kinds()) {
    if (kind.kind != Kind::other && kind.group_count > 0 && kind.groups[0] == group) names.push_back(kind.name);
  }
  const auto meant = is_real(name) ? std::nullopt : nearest(name, names);
  return meant ? std::optional(Unserved{Unserved::What::kind, std::string(*meant)}) : std::nullopt;
}

}  // namespace

const RemovedVersion* find_removed(std::string_view api_version, std::string_view kind) {
  for (const RemovedVersion& entry : removed) {
    if (entry.api_version != api_version) continue;
    const auto kinds = split_list(entry.kinds, ' ');
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return &entry;
  }
  return nullptr;
}

std::optional<Unserved> find_unserved(std::string_view api_version, std::string_view kind_name) {
  if (api_version.empty() || kind_name.empty()) return std::nullopt;
  const Kind known = find_kind(api_version, kind_name);
  if (known != Kind::other && fields::find_table(known, api_version) != nullptr) return std::nullopt;  // nearly all
  const std::string_view group = group_of(api_version);
  const bool closed = is_closed(group);
  if (known != Kind::other) {
    if (!closed || find_removed(api_version, kind_name) != nullptr) return std::nullopt;
    return find_unserved_version(known, api_version);
  }
  if (find_removed(api_version, kind_name) != nullptr) return std::nullopt;
  std::vector<Kind> others;  // kinds of this name in groups that this one may have been meant to be
  for (const KindInfo& kind : all_kinds()) {
    if (kind.name != kind_name || kind.group_count == 0 || !is_closed(kind.groups[0])) continue;
    if (closed || is_slip_of_group(group, kind.groups[0])) others.push_back(kind.kind);
  }
  if (others.empty()) return closed ? find_misspelt_kind(group, kind_name) : std::nullopt;
  const auto what = closed ? Unserved::What::other_group : Unserved::What::group;
  return Unserved{what, others.size() > 1 ? std::string{} : usual_version(others.front(), api_version)};
}

}  // namespace hop
