#pragma once
// Typed views over Istio's kinds. Every API version of a kind has the same fields here.
// Source: istio.io/docs/reference/config.

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/port.h"
#include "model/resource.h"
#include "model/selector.h"
#include "model/value.h"

namespace hop {

struct GatewayServer {
  yaml::Node node;
  yaml::Node port_node() const { return node["port"]; }
  Value<std::int64_t> port() const { return integer_of(node["port"]["number"]); }
  Value<std::string_view> protocol() const { return text_of(node["port"]["protocol"]); }
  yaml::Items hosts() const { return node["hosts"].items(); }
  yaml::Node tls() const { return node["tls"]; }
  /// Absent means PASSTHROUGH, the default of the field.
  Value<std::string_view> tls_mode() const { return text_of(tls()["mode"]); }
  yaml::Node credential() const { return tls()["credentialName"]; }
};

struct Gateway : View {
  static constexpr Kind kind = Kind::gateway;
  using View::View;
  yaml::Node selector() const { return spec()["selector"]; }
  yaml::Items servers() const { return spec()["servers"].items(); }
};

enum class RouteKind : std::uint8_t { http, tls, tcp };

/// A destination of a route: where it is written and what kind of route it belongs to.
struct RouteDestination {
  yaml::Node node;  ///< the `destination` (or mirror) mapping
  RouteKind route_kind = RouteKind::http;
  bool mirror = false;
  yaml::Node host() const { return node["host"]; }
  yaml::Node port() const { return node["port"]["number"]; }
  yaml::Node subset() const { return node["subset"]; }
};

struct VirtualService : View {
  static constexpr Kind kind = Kind::virtual_service;
  using View::View;
  yaml::Items hosts() const { return spec()["hosts"].items(); }
  yaml::Items gateways() const { return spec()["gateways"].items(); }
  yaml::Node export_to() const { return spec()["exportTo"]; }
  /// No gateways, or `mesh` among them.
  bool applies_to_mesh() const;
  /// Every destination in source order: http, tls, tcp routes and http mirrors.
  std::vector<RouteDestination> destinations() const;
};

struct DestinationRule : View {
  static constexpr Kind kind = Kind::destination_rule;
  using View::View;
  yaml::Node host() const { return spec()["host"]; }
  yaml::Items subsets() const { return spec()["subsets"].items(); }
  yaml::Node export_to() const { return spec()["exportTo"]; }
  yaml::Node traffic_policy() const { return spec()["trafficPolicy"]; }
};

enum class MtlsMode : std::uint8_t { unset, disable, permissive, strict };
/// `unknown` for a placeholder or a word that is no mode.
Value<MtlsMode> mtls_mode(yaml::Node mode);
std::string_view to_string(MtlsMode mode);

struct PeerAuthentication : View {
  static constexpr Kind kind = Kind::peer_authentication;
  using View::View;
  yaml::Node selector() const { return spec()["selector"]["matchLabels"]; }
  bool selects_workloads() const { return selector().size() > 0; }
  yaml::Node mode() const { return spec()["mtls"]["mode"]; }
  yaml::Entries port_modes() const { return spec()["portLevelMtls"].entries(); }
};

struct ServiceEntry : View {
  static constexpr Kind kind = Kind::service_entry;
  using View::View;
  yaml::Items hosts() const { return spec()["hosts"].items(); }
  yaml::Items ports() const { return spec()["ports"].items(); }
  yaml::Node export_to() const { return spec()["exportTo"]; }
};

struct IstioOperator : View {
  static constexpr Kind kind = Kind::istio_operator;
  using View::View;
  yaml::Node mesh_config() const { return spec()["meshConfig"]; }
  yaml::Node values() const { return spec()["values"]; }
};

}  // namespace hop
