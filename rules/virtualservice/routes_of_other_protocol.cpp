// A VirtualService whose routes are not of the kind that the servers of its gateways take.
#include <array>

#include "graph/gateway_port.h"
#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::array<std::string_view, 3> lists{"http", "tls", "tcp"};  // by RouteKind

/// Whether a host of the VirtualService is one of the server's; unknown for placeholders.
Truth has_host(const GatewayServer& server, const VirtualService& vs) {
  Truth any = Truth::no;
  for (yaml::Node written : server.hosts()) {
    const auto own = text_of(written);
    for (yaml::Node host : vs.hosts()) {
      const auto asked = text_of(host);
      any = any || (own.is_known() && asked.is_known() ? truth(hosts_overlap(gateway_host(*own).host, *asked)) : Truth::unknown);
    }
  }
  return any;
}

/// A server with the VirtualService's hosts, if none that may have them takes its routes.
yaml::Node deaf_server(const Resource& gateway, const VirtualService& vs) {
  yaml::Node deaf;
  if (gateway.kind != Kind::gateway || gateway.opaque || gateway.patched) return {};
  for (yaml::Node node : Gateway(gateway).servers()) {
    const GatewayServer server{node};
    const Truth has = has_host(server, vs);
    if (has == Truth::no) continue;
    if (has == Truth::unknown || expects_tls(server) == Truth::unknown) return {};
    if (vs.spec()[lists[static_cast<std::size_t>(routes_of(server))]].size() != 0) return {};
    if (!deaf) deaf = node;
  }
  return deaf;
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  yaml::Node written;
  for (const std::string_view list : lists) {
    if (!written && vs.spec()[list].size() != 0) written = vs.spec()[list];
  }
  if (!written || vs->patched) return;
  for (const Edge* edge : graph.from(resource)) {
    if (edge->relation != Relation::virtualservice_gateway || !edge->to.found()) continue;
    yaml::Node deaf;
    const bool some = edge->to.any([&](const Resource& copy) {
      deaf = deaf_server(copy, vs);
      return !deaf;
    });
    if (some) continue;
    const std::string_view wanted = lists[static_cast<std::size_t>(routes_of(GatewayServer{deaf}))];
    report.at_key(resource, written, format("the servers of Gateway `{}` for these hosts take `{}` routes only", edge->name, wanted))
        .note(GatewayServer{deaf}.port_node(), format("this server takes `{}` routes", wanted));
    return;
  }
}

}  // namespace

extern constinit const Rule virtualservice_routes_of_other_protocol = {
    .info = {.id = "virtualservice-routes-of-other-protocol",
             .summary = "a VirtualService has no routes of the kind that the servers of its gateway take",
             .docs =
                 "A server that speaks HTTP, or ends TLS for HTTPS, takes `http` routes; one that passes TLS on (`tls.mode: PASSTHROUGH`) "
                 "takes `tls` routes, chosen by server name; one of protocol TCP, or that ends TLS of protocol TLS, takes `tcp` routes. "
                 "Give the VirtualService routes of that kind, or change the server.\n\nOnly servers with one of the VirtualService's "
                 "hosts count.",
             .effect = "requests for the hosts get 404, or the connection is closed",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService",
             .severity = Severity::error},
    .reads = {Kind::virtual_service, Facet::references},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
