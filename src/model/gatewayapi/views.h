#pragma once
// Typed views over the Gateway API's kinds, with the API's defaults applied: a manifest need not write them.
// Source: gateway-api.sigs.k8s.io/reference/spec.

#include <span>
#include <string_view>
#include <vector>

#include "model/resource.h"
#include "model/value.h"

namespace hop {

/// Istio puts it on the pods of a Gateway, and their Service selects by it.
/// Source: istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment.
inline constexpr std::string_view gateway_name_label = "gateway.networking.k8s.io/gateway-name";

/// A `parentRef` or `backendRef` of a route.
struct RouteRef {
  yaml::Node node;
  Kind kind = Kind::other;  ///< Gateway or Service; other for kinds a rule does not look into
  std::string_view ns;      ///< the route's own where none is written
  yaml::Node name() const { return node["name"]; }
};

/// An HTTPRoute or GRPCRoute.
struct HttpRoute : View {
  using View::View;
  static std::span<const Kind> kinds();
  std::vector<RouteRef> parents() const;
  /// Every backend of every rule, and what its filters mirror to.
  std::vector<RouteRef> backends() const;

 private:
  RouteRef ref(yaml::Node node, Kind usual) const;
};

struct K8sGateway : View {
  static constexpr Kind kind = Kind::k8s_gateway;
  using View::View;
  yaml::Node class_name() const { return spec()["gatewayClassName"]; }
  yaml::Items listeners() const { return spec()["listeners"].items(); }
  yaml::Items addresses() const { return spec()["addresses"].items(); }
};

struct ReferenceGrant : View {
  static constexpr Kind kind = Kind::reference_grant;
  using View::View;
  yaml::Items from() const { return spec()["from"].items(); }
  yaml::Items to() const { return spec()["to"].items(); }
  /// Whether it lets objects of this namespace and kind name one of that kind and name. Unknown for a placeholder.
  Truth allows(std::string_view from_ns, std::string_view from_kind, std::string_view to_kind, std::string_view name) const;
};

}  // namespace hop
