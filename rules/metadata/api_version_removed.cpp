// API versions that no supported Kubernetes serves any more.
#include <algorithm>

#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Removed {
  std::string_view api_version;
  std::string_view kinds;  ///< separated by spaces
  std::string_view since;  ///< the release that stopped serving it
  std::string_view instead;
  Component component = Component::kubernetes;
  std::string_view successor = {};  ///< the kind that took its place, if it is another one
};

// Source: kubernetes.io/docs/reference/using-api/deprecation-guide.
constexpr Removed removed[] = {
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
    {"authentication.istio.io/v1alpha1", "Policy MeshPolicy", "1.6", "security.istio.io/v1", Component::istio, "PeerAuthentication"},
    {"rbac.istio.io/v1alpha1", "ServiceRole ServiceRoleBinding RbacConfig ClusterRbacConfig", "1.6", "security.istio.io/v1",
     Component::istio, "AuthorizationPolicy"},
};

bool lists(std::string_view kinds, std::string_view kind) {
  const auto words = split_list(kinds, ' ');
  return std::find(words.begin(), words.end(), kind) != words.end();
}

void check_one(const Resource& resource, Report& report) {
  for (const Removed& entry : removed) {
    if (entry.api_version != resource.api_version || !lists(entry.kinds, resource.kind_name)) continue;
    const std::string since = format("{} {}", to_string(entry.component), entry.since);
    std::string instead;
    if (!entry.successor.empty()) {
      instead = format("; use `{}`", entry.successor);
    } else if (!entry.instead.empty()) {
      instead = format("; it is served as `{}`", entry.instead);
    }
    report
        .at(resource, resource["apiVersion"],
            format("`{}` of `{}` is gone since {}{}", resource.kind_name, entry.api_version, since, instead))
        .label(format("not served since {}", entry.since))
        .applies({entry.component, parse_version(entry.since).value_or(Version{})});
    return;
  }
}

}  // namespace

extern constinit const Rule metadata_api_version_removed = {
    .info = {.id = "metadata-api-version-removed",
             .summary = "the object's API version is no longer served by any supported Kubernetes",
             .docs =
                 "An old API version may still be on disk long after the last cluster that served it. Fields may have moved in the newer "
                 "version: an Ingress of `networking.k8s.io/v1` writes `service.name` and `service.port.number` where "
                 "`extensions/v1beta1` had `serviceName` and `servicePort`, and needs a `pathType`. Nothing is said where "
                 "`environment:` of the configuration names a version that still serves it.",
             .effect = "kubectl apply fails: no matches for kind in that version",
             .source = "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
             .severity = Severity::error,
             .group = Group::deprecation},
    .reads = KindSet::every_kind(),
    .check_one = check_one,
};

}  // namespace hop::rules
