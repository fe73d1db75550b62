// A redirect to a host of the same gateway that no VirtualService there serves.
#include <algorithm>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Hosts that come to a Gateway by a name or pattern of their own, not by `*`.
struct Accepted {
  HostSet hosts;
  yaml::Node place;  ///< what names one of them; absent for none
};

/// Of the servers of each Gateway, and of the ALB Ingresses in front of it; each is read once.
class AcceptedHosts {
 public:
  explicit AcceptedHosts(const Graph& graph) {
    for (const TargetGroup& group : graph.target_groups()) {
      if (group.gateways.empty()) continue;
      // Paths to one Service have the same Gateways: they are not gone through for each.
      const auto [entry, fresh] = entries_.try_emplace(group.gateways.data());
      add(entry->second, group.backend.rule.host(), group.backend.rule.host());
      for (const Resource* gateway : fresh ? group.gateways : std::span<const Resource* const>{})
        behind_[gateway].push_back(&entry->second);
    }
  }

  /// Where the host is named; absent if it is not.
  yaml::Node place_of(const Resource& gateway, std::string_view host) {
    const auto [own, fresh] = own_.try_emplace(&gateway);
    if (fresh) {
      for (yaml::Node node : Gateway(gateway).servers()) {
        for (yaml::Node pattern : GatewayServer{node}.hosts()) add(own->second, pattern, gateway.spec()["servers"]);
      }
    }
    if (own->second.hosts.overlaps(host)) return own->second.place;
    for (const Accepted* entry : behind_[&gateway]) {
      if (entry->hosts.overlaps(host)) return entry->place;
    }
    return {};
  }

 private:
  static void add(Accepted& accepted, yaml::Node pattern, yaml::Node place) {
    const auto text = text_of(pattern);
    if (!text.is_known() || gateway_host(*text).host == "*") return;
    accepted.hosts.add(gateway_host(*text).host);
    if (!accepted.place) accepted.place = place;
  }

  std::map<const Resource* const*, Accepted> entries_;  ///< by the list of Gateways behind a Service
  std::unordered_map<const Resource*, std::vector<const Accepted*>> behind_;
  std::unordered_map<const Resource*, Accepted> own_;
};

void check_redirect(const Graph& graph, AcceptedHosts& accepted, const VirtualService& vs, const std::vector<const Resource*>& gateways,
                    yaml::Node authority, Report& report) {
  const auto host = text_of(authority);
  if (!host.is_known() || (*host).find(':') != std::string_view::npos) return;
  yaml::Node entry;
  for (const Resource* gateway : gateways) {
    const GatewayRoutes& routes = graph.routes_of(*gateway);
    if (routes.unknown || routes.hosts.overlaps(*host)) return;
    if (!entry) entry = accepted.place_of(*gateway, *host);
  }
  if (!entry) return;
  Finding finding = report.at(vs, authority, format("the redirect leads to host `{}`, which no VirtualService serves here", *host));
  finding.note(entry.is_scalar() ? entry.span() : entry.key_span(), "requests for it come back to this gateway");
  if (!graph.world().complete) finding.severity(Severity::info);
}

void check(const Graph& graph, Report& report) {
  AcceptedHosts accepted(graph);
  for (const VirtualService& vs : graph.linted<VirtualService>()) {
    const auto redirects = [](yaml::Node route) { return bool(route["redirect"]["authority"]); };
    if (std::ranges::none_of(vs.spec()["http"].items(), redirects)) continue;
    std::vector<const Resource*> gateways;
    bool known = true;
    for (const Edge* edge : graph.from(*vs)) {
      if (edge->relation != Relation::virtualservice_gateway) continue;
      known = known && edge->to.found() && edge->to.target->kind == Kind::gateway;
      if (edge->to.found()) gateways.push_back(edge->to.target);
    }
    if (!known || gateways.empty()) continue;
    for (yaml::Node route : vs.spec()["http"].items())
      check_redirect(graph, accepted, vs, gateways, route["redirect"]["authority"], report);
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
