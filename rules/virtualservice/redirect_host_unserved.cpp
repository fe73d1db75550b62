// A redirect to a host of the same gateway that no VirtualService there serves.
#include <algorithm>

#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether a server of the Gateway names the host by a pattern narrower than `*`: then it is meant to be served here.
bool is_host_of(const Gateway& gateway, std::string_view host) {
  return std::ranges::any_of(gateway.servers(), [&](yaml::Node node) {
    return std::ranges::any_of(GatewayServer{node}.hosts(), [&](yaml::Node pattern) {
      const auto text = text_of(pattern);
      return text.is_known() && gateway_host(*text).host != "*" && hosts_overlap(gateway_host(*text).host, host);
    });
  });
}

/// An Ingress rule in front of the Gateway that lets the host through by a pattern of its own; absent if there is none.
yaml::Node entry_for(const Graph& graph, const Resource& gateway, std::string_view host) {
  for (const TargetGroup& group : graph.target_groups()) {
    if (std::ranges::find(group.gateways, &gateway) == group.gateways.end()) continue;
    const auto pattern = text_of(group.backend.rule.host());
    if (pattern.is_known() && *pattern != "*" && hosts_overlap(*pattern, host)) return pattern.node();
  }
  return {};
}

void check_redirect(const Graph& graph, const VirtualService& vs, const std::vector<const Resource*>& gateways, yaml::Node authority,
                    Report& report) {
  const auto host = text_of(authority);
  if (!host.is_known() || (*host).find(':') != std::string_view::npos) return;
  yaml::Node entry;
  for (const Resource* gateway : gateways) {
    const GatewayRoutes& routes = graph.routes_of(*gateway);
    if (routes.unknown || routes.hosts.overlaps(*host)) return;
    if (!entry) entry = is_host_of(Gateway(*gateway), *host) ? gateway->spec()["servers"] : entry_for(graph, *gateway, *host);
  }
  if (!entry) return;
  Finding finding = report.at(vs, authority, format("the redirect leads to host `{}`, which no VirtualService serves here", *host));
  finding.note(entry.is_scalar() ? entry.span() : entry.key_span(), "requests for it come back to this gateway");
  if (!graph.world().complete) finding.severity(Severity::info);
}

void check(const Graph& graph, Report& report) {
  for (const VirtualService& vs : graph.linted<VirtualService>()) {
    std::vector<const Resource*> gateways;
    bool known = true;
    for (const Edge* edge : graph.from(*vs)) {
      if (edge->relation != Relation::virtualservice_gateway) continue;
      known = known && edge->to.found() && edge->to.target->kind == Kind::gateway;
      if (edge->to.found()) gateways.push_back(edge->to.target);
    }
    if (!known || gateways.empty()) continue;
    for (yaml::Node route : vs.spec()["http"].items()) check_redirect(graph, vs, gateways, route["redirect"]["authority"], report);
  }
}

}  // namespace

extern constinit const Rule virtualservice_redirect_host_unserved = {
    .info = {.id = "virtualservice-redirect-host-unserved",
             .summary = "a redirect leads to a host of the same gateway for which there is no VirtualService",
             .docs = "Judged where the gateway's servers, or an ALB Ingress in front of it, take the host by a name or pattern of their "
                     "own: then the client comes back to this gateway. Without `complete` it is info, since the VirtualService may "
                     "stand elsewhere.",
             .effect = "clients follow the redirect and get 404 from the gateway",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect",
             .severity = Severity::error},
    .reads = {Kind::virtual_service, Facet::references, Facet::entry, Facet::routing},
    .check = check,
};

}  // namespace hop::rules
