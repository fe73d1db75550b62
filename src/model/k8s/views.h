#pragma once
// Typed views over Kubernetes' own kinds: core, apps, networking, and what provides Secrets.
// Source: kubernetes.io API reference; the views cover every API version that still occurs.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/resource.h"
#include "model/selector.h"
#include "model/value.h"

namespace hop {

struct Namespace : View {
  static constexpr Kind kind = Kind::namespace_;
  using View::View;
};

struct ServicePort {
  yaml::Node node;
  Value<std::int64_t> number() const { return integer_of(node["port"]); }
  Value<std::string_view> name() const { return text_of(node["name"]); }
  yaml::Node target_port() const { return node["targetPort"]; }  ///< number or name; absent means `port`
  Value<std::int64_t> node_port() const { return integer_of(node["nodePort"]); }
  Value<std::string_view> app_protocol() const { return text_of(node["appProtocol"]); }
  Value<std::string_view> protocol() const { return text_of(node["protocol"]); }
};

struct Service : View {
  static constexpr Kind kind = Kind::service;
  using View::View;
  yaml::Node type_node() const { return spec()["type"]; }
  /// Absent means ClusterIP.
  Value<std::string_view> type() const { return text_of(type_node()); }
  yaml::Node selector() const { return spec()["selector"]; }
  bool has_selector() const { return selector().size() > 0; }
  yaml::Items ports() const { return spec()["ports"].items(); }
  bool headless() const { return spec()["clusterIP"].str() == "None"; }
  /// Port by number or by name, as an Ingress backend or a targetRef writes it. nullopt if none matches; `unknown` set when a port's
  /// number or name is a placeholder or the Service is opaque.
  struct PortMatch {
    std::optional<ServicePort> port;
    bool unknown = false;
  };
  PortMatch find_port(yaml::Node number_or_name) const;
  PortMatch find_port(std::int64_t number) const;
};

/// Anything that makes pods: a Pod itself or a kind with a pod template. Its labels are those of the pods.
struct Workload : View {
  using View::View;
  /// The kinds, in table order.
  static std::span<const Kind> kinds();
  /// The mapping with `metadata` and `spec` of the pods: the Pod's root or the template.
  yaml::Node pod() const { return resource->pods(); }
  Labels labels() const { return {resource->pod_labels()}; }
  yaml::Node pod_spec() const { return resource->pod_spec(); }
  yaml::Node pod_annotation(const yaml::Key& key) const { return resource->pod_annotations()[key]; }
  yaml::Items containers() const { return pod_spec()["containers"].items(); }
  /// Istio's proxy among the containers and init containers; absent where the pod carries none.
  yaml::Node proxy() const;
  /// Whether the proxy is all there is to the pod, as in gateways and waypoints: its first container.
  bool is_gateway() const { return is_proxy(pod_spec()["containers"][0]); }
  static bool is_proxy(yaml::Node container) { return container["name"].str() == "istio-proxy"; }
};

/// The kinds of Workload::kinds().
inline constexpr KindSet workload_kinds{Kind::pod,        Kind::deployment,  Kind::stateful_set,
                                        Kind::daemon_set, Kind::replica_set, Kind::replication_controller,
                                        Kind::job,        Kind::cron_job,    Kind::rollout};

struct Secret : View {
  static constexpr Kind kind = Kind::secret;
  using View::View;
  /// Absent means Opaque.
  Value<std::string_view> type() const { return text_of((*resource)["type"]); }
  /// Value node in `data` or `stringData`; never to be shown.
  yaml::Node entry(std::string_view key) const;
};

/// What brings a Secret into being: the Secret itself, a cert-manager Certificate, an ExternalSecret, a SealedSecret. Its name may be
/// another than the resource's own.
struct SecretProvider : View {
  using View::View;
  static std::span<const Kind> kinds();
  /// Where the Secret's name is written: spec.secretName, spec.target.name, metadata.name.
  yaml::Node secret_name() const;
};

struct IngressPath {
  yaml::Node node;             ///< the item of `paths`, or `spec.defaultBackend` / `spec.backend`
  yaml::Node backend;          ///< the backend mapping
  yaml::Node service() const;  ///< name: `service.name` or `serviceName`
  yaml::Node port() const;     ///< scalar: `service.port.number|name` or `servicePort`
  yaml::Node path() const { return node["path"]; }
  yaml::Node path_type() const { return node["pathType"]; }
};

struct IngressRule {
  yaml::Node node;  ///< absent for the default backend
  yaml::Node host() const { return node["host"]; }
};

struct Ingress : View {
  static constexpr Kind kind = Kind::ingress;
  using View::View;
  yaml::Items rules() const { return spec()["rules"].items(); }
  yaml::Node default_backend() const;
  struct Backend {
    IngressRule rule;
    IngressPath path;
  };
  /// Every backend in order: those of the rules' paths, then the default backend.
  std::vector<Backend> backends() const;
  yaml::Node class_annotation() const { return resource->annotation("kubernetes.io/ingress.class"); }
  yaml::Node class_name() const { return spec()["ingressClassName"]; }
};

struct IngressClass : View {
  static constexpr Kind kind = Kind::ingress_class;
  using View::View;
  Value<std::string_view> controller() const { return text_of(spec()["controller"]); }
  bool is_default() const { return resource->annotation("ingressclass.kubernetes.io/is-default-class").str() == "true"; }
};

struct StatefulSet : View {
  static constexpr Kind kind = Kind::stateful_set;
  using View::View;
  yaml::Node service_name() const { return spec()["serviceName"]; }
};

struct HorizontalPodAutoscaler : View {
  static constexpr Kind kind = Kind::horizontal_pod_autoscaler;
  using View::View;
  yaml::Node target() const { return spec()["scaleTargetRef"]; }
  /// `Kind::other` for custom resources.
  Kind target_kind() const { return find_kind(target()["apiVersion"].str(), target()["kind"].str()); }
};

struct PodDisruptionBudget : View {
  static constexpr Kind kind = Kind::pod_disruption_budget;
  using View::View;
  yaml::Node selector() const { return spec()["selector"]; }
};

struct NetworkPolicy : View {
  static constexpr Kind kind = Kind::network_policy;
  using View::View;
  yaml::Node selector() const { return spec()["podSelector"]; }
};

/// A RoleBinding or ClusterRoleBinding.
struct RoleBinding : View {
  using View::View;
  static constexpr std::array kinds{Kind::role_binding, Kind::cluster_role_binding};
  yaml::Node role() const { return (*resource)["roleRef"]; }
  Kind role_kind() const { return role()["kind"].str() == "ClusterRole" ? Kind::cluster_role : Kind::role; }
  yaml::Items subjects() const { return (*resource)["subjects"].items(); }
};

/// A MutatingWebhookConfiguration or ValidatingWebhookConfiguration.
struct WebhookConfiguration : View {
  using View::View;
  static constexpr std::array kinds{Kind::mutating_webhook, Kind::validating_webhook};
  yaml::Items webhooks() const { return (*resource)["webhooks"].items(); }
};

/// Binds a Service's endpoints to a target group that exists already.
struct TargetGroupBinding : View {
  static constexpr Kind kind = Kind::target_group_binding;
  using View::View;
  yaml::Node service() const { return spec()["serviceRef"]["name"]; }
};

struct ConfigMap : View {
  static constexpr Kind kind = Kind::config_map;
  using View::View;
  yaml::Node data() const { return (*resource)["data"]; }
};

}  // namespace hop
