// A host that the ALB lets through and the gateway behind it does not know.
#include <algorithm>
#include <set>
#include <span>
#include <vector>

#include "graph/once.h"
#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// `*` inside a label, or before one: no such host is served anywhere, and sets of hosts do not know them.
bool is_odd(std::string_view host) { return is_wildcard(host) && host != "*" && !host.starts_with("*."); }

/// What servers take.
struct Accepted {
  HostSet hosts;
  std::vector<std::string_view> odd;
  bool unknown = false;

  Truth takes(std::string_view host) const {
    const bool overlap = std::ranges::any_of(odd, [&](std::string_view one) { return hosts_overlap(one, host); });
    if (overlap || hosts.overlaps(host)) return Truth::yes;
    return unknown || is_odd(host) ? Truth::unknown : Truth::no;
  }
};

Accepted accepted_by(std::span<const ServerRef> servers) {
  Accepted accepted;
  for (const ServerRef& ref : servers) {
    for (yaml::Node node : ref.server.hosts()) {
      const auto text = text_of(node);
      accepted.unknown = accepted.unknown || !text.is_known();
      if (!text.is_known()) continue;
      const std::string_view host = gateway_host(*text).host;
      is_odd(host) ? accepted.odd.push_back(host) : accepted.hosts.add(host);
    }
  }
  return accepted;
}

/// What the VirtualServices on gateways serve.
struct Served {
  HostSet hosts;
  const Resource* example = nullptr;  ///< one of them
  bool unknown = false;               ///< a host is not known
  bool cut = false;                   ///< a host that no load balancer lets through is the cause, and reported there; this is its other end

  Truth serves(std::string_view host) const {
    if (unknown || hosts.overlaps(host)) return Truth::yes;
    return example == nullptr || cut ? Truth::unknown : Truth::no;
  }
};

Served served_by(const Graph& graph, std::span<const Resource* const> gateways) {
  Served served;
  for (const Resource* gateway : gateways) {
    if (served.cut) break;
    const GatewayRoutes& routes = graph.routes_of(*gateway);
    served.unknown = served.unknown || routes.unknown;
    served.cut = routes.unreachable;
    for (const VirtualService& vs : routes.virtual_services) {
      if (served.example == nullptr) served.example = vs.resource;
      for (yaml::Node host : vs.hosts()) {
        if (text_of(host).is_known()) served.hosts.add(host.str());
      }
    }
  }
  return served;
}

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  OncePerSpan<Accepted> accepted;
  OncePerSpan<bool> open;
  OncePerSpan<Served> served;
  const auto is_open = [](std::span<const Resource* const> gateways) { return std::ranges::any_of(gateways, &Resource::opaque); };
  const auto served_here = [&](std::span<const Resource* const> gateways) { return served_by(graph, gateways); };
  for (const TargetGroup& group : graph.target_groups()) {
    const auto host = text_of(group.backend.rule.host());
    if (!host.is_known() || group.servers.empty() || !told.insert(host.node().span()).second) continue;
    if (!open.of(group.gateways, is_open) && accepted.of(group.servers, accepted_by).takes(*host) == Truth::no) {
      const ServerRef& ref = group.servers.front();
      Finding finding = report.at(*group.ingress, host.node(), format("no Gateway server behind the ALB accepts host `{}`", *host));
      finding.note(ref.server.node["hosts"], "the hosts of the server on that port");
      if (group.assumed) finding.severity(Severity::warning);
      continue;
    }
    const Served& routes = served.of(group.gateways, served_here);
    if (routes.serves(*host) != Truth::no) continue;
    Finding finding = report.at(*group.ingress, host.node(), format("no VirtualService on the gateway serves host `{}`", *host));
    finding.note(routes.example->spec()["hosts"], "this one on the same Gateway serves other hosts");
    if (!graph.world().complete) finding.severity(Severity::warning);
  }
}

}  // namespace

extern constinit const Rule ingress_host_unrouted = {
    .info =
        {.id = "ingress-host-unrouted",
         .summary = "an ALB Ingress lets a host through that the Istio gateway behind it does not serve",
         .docs =
             "A request passes three host lists: the Ingress rule, the Gateway server on the port, and a VirtualService on that Gateway. "
             "The ALB passes the Host header on unchanged.\n\nStays silent where no VirtualService of the gateway is among the manifests. "
             "Where a VirtualService host cannot be reached through any load balancer, that is reported instead, at that host.",
         .effect = "the ALB forwards the request and the gateway answers 404",
         .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#Server",
         .severity = Severity::error},
    .reads = {Facet::entry, Facet::routing},
    .check = check,
};

}  // namespace hop::rules
