#pragma once
// Typed views over Istio's policies: whom they apply to, and what their rules look at.
// Source: istio.io/docs/reference/config/security, /networking/sidecar, /telemetry.

#include <string_view>
#include <vector>

#include "model/resource.h"
#include "model/value.h"

namespace hop {

/// The labels by which a policy selects workloads: `spec.selector.matchLabels`, of a Sidecar `spec.workloadSelector.labels`.
yaml::Node policy_selector(const Resource& policy);

/// `targetRef` and `targetRefs` of a policy, in source order.
std::vector<yaml::Node> target_refs(const Resource& policy);

/// What a target is by its `kind` and `group`; `other` for what no policy can target.
Kind target_kind(yaml::Node target);

/// Whether a policy looks into requests, which in ambient mode only a waypoint does. Source: istio.io/docs/ambient/usage/l7-features.
bool needs_waypoint(const Resource& policy);

struct AuthorizationPolicy : View {
  static constexpr Kind kind = Kind::authorization_policy;
  using View::View;
  yaml::Node selector() const { return policy_selector(*resource); }
  /// Every `from[].source`, `to[].operation` and `when[]` of every rule, in source order.
  std::vector<yaml::Node> sources() const { return parts("from", "source"); }
  std::vector<yaml::Node> operations() const { return parts("to", "operation"); }
  std::vector<yaml::Node> conditions() const;

 private:
  std::vector<yaml::Node> parts(std::string_view list, std::string_view field) const;
};

struct RequestAuthentication : View {
  static constexpr Kind kind = Kind::request_authentication;
  using View::View;
  yaml::Node selector() const { return policy_selector(*resource); }
  yaml::Items jwt_rules() const { return spec()["jwtRules"].items(); }
};

struct Sidecar : View {
  static constexpr Kind kind = Kind::sidecar;
  using View::View;
  yaml::Node selector() const { return policy_selector(*resource); }
  bool selects_workloads() const { return selector().size() > 0; }
  /// Every `egress[].hosts[]`.
  std::vector<yaml::Node> egress_hosts() const;
};

struct Telemetry : View {
  static constexpr Kind kind = Kind::telemetry;
  using View::View;
};

struct EnvoyFilter : View {
  static constexpr Kind kind = Kind::envoy_filter;
  using View::View;
  yaml::Node selector() const { return spec()["workloadSelector"]["labels"]; }
  yaml::Items patches() const { return spec()["configPatches"].items(); }
};

struct WorkloadGroup : View {
  static constexpr Kind kind = Kind::workload_group;
  using View::View;
  yaml::Node labels() const { return spec()["metadata"]["labels"]; }
  yaml::Node service_account() const { return spec()["template"]["serviceAccount"]; }
};

}  // namespace hop
