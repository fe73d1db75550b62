// A VirtualService of the mesh for a host that only comes in by a gateway.
#include <algorithm>
#include <map>

#include "model/host.h"
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Host patterns that gateways take, or load balancers in front of them, each with the first place that has it.
class Incoming {
 public:
  explicit Incoming(const Graph& graph) {
    for (const TargetGroup& group : graph.target_groups()) {
      if (group.to_gateway() && !group.assumed) add(group.backend.rule.host(), group.gateways);
    }
    for (const Resource* const& gateway : graph.of(Kind::gateway)) {
      if (gateway->opaque) continue;
      for (yaml::Node server : Gateway(*gateway).servers()) {
        for (yaml::Node host : GatewayServer{server}.hosts()) add(host, {&gateway, 1});
      }
    }
  }

  struct By {
    yaml::Node host;
    std::span<const Resource* const> gateways;
  };
  /// Who takes the host by name or by its domain.
  const By* find(std::string_view host) const {
    if (const auto exact = by_host_.find(host); exact != by_host_.end()) return &exact->second;
    for (std::size_t dot = host.find('.'); dot != std::string_view::npos; dot = host.find('.', dot + 1)) {
      if (const auto wide = by_host_.find(format("*{}", host.substr(dot))); wide != by_host_.end()) return &wide->second;
    }
    return nullptr;
  }

 private:
  void add(yaml::Node host, std::span<const Resource* const> gateways) {
    const auto text = text_of(host);
    if (text.is_known()) by_host_.try_emplace(std::string(gateway_host(*text).host), By{host, gateways});
  }
  std::map<std::string, By, std::less<>> by_host_;
};

/// Whether the host is one from outside that nothing in the mesh has.
bool is_outside(const Graph& graph, const VirtualService& vs, const Value<std::string_view>& host) {
  if (!host.is_known() || is_wildcard(*host) || (*host).find('.') == std::string_view::npos) return false;
  return !service_host(*host, graph.cluster_domain()) && !half_qualified_host(*host) && !graph.find_host(*vs, *host).found();
}

bool may_be_routed(const Graph& graph, const VirtualService& vs, const Incoming::By& by, std::string_view host) {
  return std::ranges::any_of(by.gateways, [&](const Resource* gateway) {
    const GatewayRoutes& routes = graph.routes_of(*gateway);
    return !graph.sees(*vs, *gateway) || routes.unknown || routes.hosts.overlaps(host);
  });
}

void check(const Graph& graph, Report& report) {
  if (graph.of(Kind::gateway).empty()) return;
  const Incoming incoming(graph);
  for (const VirtualService& vs : graph.linted<VirtualService>()) {
    if (vs.spec()["gateways"] || may_get(*vs, vs.spec(), {"gateways"})) continue;
    for (yaml::Node node : vs.hosts()) {
      const auto host = text_of(node);
      const Incoming::By* by = is_outside(graph, vs, host) ? incoming.find(*host) : nullptr;
      if (by == nullptr || may_be_routed(graph, vs, *by, *host)) continue;
      report.at(vs, node, format("host `{}` comes in by a gateway, and the VirtualService has no `gateways`", *host))
          .note(by->host, format("this lets it in, and Gateway `{}` has no route for it", by->gateways.front()->name));
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_gateway_forgotten = {
    .info = {.id = "virtualservice-gateway-forgotten",
             .summary = "a VirtualService without `gateways` is for a host that comes in by a gateway",
             .docs = "Without `gateways` a VirtualService is for calls inside the mesh only. Told where its host is none of a Service or "
                     "ServiceEntry, a Gateway or the ALB in front of one takes the host by name or by its domain, and no VirtualService "
                     "on that Gateway is for it.",
             .effect = "the gateway has no route for the host and answers 404",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService-gateways",
             .severity = Severity::warning},
    .reads = {Kind::virtual_service, Kind::gateway, Kind::service, Kind::service_entry, Facet::entry, Facet::routing},
    .check = check,
};

}  // namespace hop::rules
