#include "model/gatewayapi/listeners.h"

#include <algorithm>

#include "model/host.h"

namespace hop {
namespace {

struct Taken {
  std::string_view protocol, kind;
};

// Source: the "Protocol" part of the Listener's reference.
constexpr Taken taken[] = {{"HTTP", "HTTPRoute"}, {"HTTP", "GRPCRoute"}, {"HTTPS", "HTTPRoute"}, {"HTTPS", "GRPCRoute"},
                           {"TLS", "TLSRoute"},   {"TLS", "TCPRoute"},   {"TCP", "TCPRoute"},    {"UDP", "UDPRoute"}};

}  // namespace

MeantListeners meant_listeners(const Resource& gateway, const RouteRef& parent) {
  const auto section = text_of(parent.node["sectionName"]);
  const auto port = integer_of(parent.node["port"]);
  MeantListeners meant;
  meant.unknown = gateway.opaque || section.is_unknown() || port.is_unknown();
  for (yaml::Node listener : K8sGateway(gateway).listeners()) {
    const Truth named = section.is_known() ? text_of(listener["name"]).equals(*section) : Truth::yes;
    const Truth at_port = port.is_known() ? integer_of(listener["port"]).equals(*port) : Truth::yes;
    const Truth both = named && at_port;
    if (both == Truth::yes) meant.listeners.push_back(listener);
    meant.unknown = meant.unknown || both == Truth::unknown || !listener.is_mapping();
  }
  return meant;
}

Truth takes_kind(yaml::Node listener, std::string_view route_kind) {
  Truth any = Truth::no;
  const yaml::Node kinds = listener["allowedRoutes"]["kinds"];
  for (yaml::Node kind : kinds.items()) any = any || text_of(kind["kind"]).equals(route_kind);
  if (kinds.size() > 0) return any;
  const auto protocol = text_of(listener["protocol"]);
  if (!protocol.is_known()) return Truth::unknown;
  bool known = false;
  for (const Taken& one : taken) {
    known = known || one.protocol == *protocol;
    if (one.protocol == *protocol && one.kind == route_kind) return Truth::yes;
  }
  // A protocol of some controller's own.
  return known ? Truth::no : Truth::unknown;
}

Truth shares_host(yaml::Node listener, yaml::Node route_hostnames) {
  const auto served = text_of(listener["hostname"]);
  if (served.is_unknown()) return Truth::unknown;
  if (served.value_or("").empty() || route_hostnames.size() == 0) return Truth::yes;
  Truth any = Truth::no;
  for (yaml::Node node : route_hostnames.items()) {
    const auto host = text_of(node);
    any = any || (host.is_known() ? truth(hosts_overlap(*served, *host)) : Truth::unknown);
  }
  return any;
}

}  // namespace hop
