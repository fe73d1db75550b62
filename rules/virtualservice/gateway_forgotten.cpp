// A VirtualService of the mesh for a host that only comes in by a gateway.
#include <map>

#include "model/host.h"
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Host patterns of servers, each with the first place that has it.
class Served {
 public:
  explicit Served(const Graph& graph) {
    for (const Gateway& gateway : graph.all<Gateway>()) {
      for (const GatewayServer& server : servers_of(gateway)) {
        for (yaml::Node host : server.hosts()) add(gateway, host);
      }
    }
  }

  struct By {
    const Resource* gateway;
    yaml::Node host;
  };
  /// The server that takes the host by name or by its domain.
  const By* find(std::string_view host) const {
    if (const auto exact = by_host_.find(host); exact != by_host_.end()) return &exact->second;
    for (std::size_t dot = host.find('.'); dot != std::string_view::npos; dot = host.find('.', dot + 1)) {
      if (const auto wide = by_host_.find(format("*{}", host.substr(dot))); wide != by_host_.end()) return &wide->second;
    }
    return nullptr;
  }

 private:
  static std::vector<GatewayServer> servers_of(const Gateway& gateway) {
    std::vector<GatewayServer> servers;
    for (yaml::Node server : gateway.servers()) servers.push_back({server});
    return servers;
  }
  void add(const Gateway& gateway, yaml::Node host) {
    const auto text = text_of(host);
    if (text.is_known() && !gateway->opaque) by_host_.try_emplace(std::string(gateway_host(*text).host), By{gateway.resource, host});
  }
  std::map<std::string, By, std::less<>> by_host_;
};

/// Whether the host is one from outside that nothing in the mesh has.
bool is_outside(const Graph& graph, const VirtualService& vs, const Value<std::string_view>& host) {
  if (!host.is_known() || is_wildcard(*host) || (*host).find('.') == std::string_view::npos) return false;
  return !service_host(*host, graph.cluster_domain()) && !half_qualified_host(*host) && !graph.find_host(*vs, *host).found();
}

void check(const Graph& graph, Report& report) {
  if (graph.of(Kind::gateway).empty()) return;
  const Served served(graph);
  for (const VirtualService& vs : graph.linted<VirtualService>()) {
    if (vs.spec()["gateways"] || may_get(*vs, vs.spec(), {"gateways"})) continue;
    for (yaml::Node node : vs.hosts()) {
      const auto host = text_of(node);
      const Served::By* by = is_outside(graph, vs, host) ? served.find(*host) : nullptr;
      if (by == nullptr || !graph.sees(*vs, *by->gateway)) continue;
      const GatewayRoutes& routes = graph.routes_of(*by->gateway);
      if (routes.unknown || routes.hosts.overlaps(*host)) continue;
      report.at(vs, node, format("host `{}` comes in by a gateway, and the VirtualService has no `gateways`", *host))
          .note(by->host, format("the Gateway `{}` takes the host and has no route for it", by->gateway->name));
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_gateway_forgotten = {
    .info = {.id = "virtualservice-gateway-forgotten",
             .summary = "a VirtualService without `gateways` is for a host that comes in by a gateway",
             .docs = "Without `gateways` a VirtualService is for calls inside the mesh only. Told where its host is none of a Service or "
                     "ServiceEntry, a Gateway takes the host by name or by its domain, and no other VirtualService on that Gateway is for "
                     "it.",
             .effect = "the gateway has no route for the host and answers 404",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService-gateways",
             .severity = Severity::warning},
    .reads = {Kind::virtual_service, Kind::gateway, Kind::service, Kind::service_entry, Facet::routing},
    .check = check,
};

}  // namespace hop::rules
