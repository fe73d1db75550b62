#include "model/pod_makers.h"

#include <algorithm>
#include <string_view>

namespace hop {
namespace {

// Kinds that configure something and never become pods. Source: each project's CRD reference.
constexpr std::string_view silent_kinds[] = {
    "ServiceMonitor",
    "PodMonitor",
    "PrometheusRule",
    "Probe",
    "ScrapeConfig",
    "AlertmanagerConfig",  // monitoring.coreos.com
    "AppProject",
    "ApplicationSet",
    "AnalysisTemplate",
    "ClusterAnalysisTemplate",  // argoproj.io
    "Issuer",
    "ClusterIssuer",
    "SecretStore",
    "ClusterSecretStore",
    "VerticalPodAutoscaler",
    "ScaledObject",
};

// Groups of Kubernetes itself and of Istio: what of theirs makes pods is in the table.
constexpr std::string_view silent_groups[] = {
    "",
    "apps",
    "batch",
    "autoscaling",
    "policy",
    "extensions",
    "istio.io",
    "k8s.io",
    "kustomize.config.k8s.io",
    "cert-manager.io",
    "external-secrets.io",
    "bitnami.com",
    "elbv2.k8s.aws",
    "gateway.k8s.aws",
    "karpenter.sh",
    "karpenter.k8s.aws",
    "hoplint.dev",
    "kyverno.io",
    "apiextensions.k8s.io",
};

// Source: each project's documentation.
constexpr std::string_view routing_groups[] = {"flagger.app", "serving.knative.dev", "serving.kserve.io", "kubeflow.org"};

bool in_group(std::string_view group, std::string_view of) {
  return group == of || (!of.empty() && group.ends_with(of) && group.size() > of.size() && group[group.size() - of.size() - 1] == '.');
}

}  // namespace

bool may_make_pods(const Resource& resource) {
  if (resource.kind != Kind::other) return false;
  if (std::find(std::begin(silent_kinds), std::end(silent_kinds), resource.kind_name) != std::end(silent_kinds)) return false;
  const std::string_view group = group_of(resource.api_version);
  return std::none_of(std::begin(silent_groups), std::end(silent_groups), [&](std::string_view of) { return in_group(group, of); });
}

bool may_make_routes(const Resource& resource) {
  if (resource.kind != Kind::other) return false;
  const std::string_view group = group_of(resource.api_version);
  return std::any_of(std::begin(routing_groups), std::end(routing_groups), [&](std::string_view of) { return in_group(group, of); });
}

}  // namespace hop
