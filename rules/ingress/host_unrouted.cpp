// A host that the ALB lets through and the gateway behind it does not know.
#include <algorithm>
#include <set>

#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether some server behind the target group takes requests for this host.
Truth accepted(const TargetGroup& group, std::string_view host) {
  const bool open = std::any_of(group.gateways.begin(), group.gateways.end(), [](const Resource* gateway) { return gateway->opaque; });
  Truth any = open ? Truth::unknown : Truth::no;
  for (const ServerRef& ref : group.servers) {
    for (yaml::Node node : ref.server.hosts()) {
      const auto text = text_of(node);
      any = any || (text.is_known() ? truth(hosts_overlap(gateway_host(*text).host, host)) : Truth::unknown);
    }
  }
  return any;
}

/// Whether some VirtualService on the gateways serves the host; unknown where none is among the manifests.
Truth served(const Graph& graph, const TargetGroup& group, std::string_view host, const Resource*& example) {
  bool some = false;
  for (const Resource* gateway : group.gateways) {
    const GatewayRoutes& routes = graph.routes_of(*gateway);
    if (routes.unknown || routes.hosts.overlaps(host)) return Truth::yes;
    // A host that no load balancer lets through is the cause, and reported there; this is its other end.
    if (routes.unreachable) return Truth::unknown;
    some = some || !routes.virtual_services.empty();
    if (example == nullptr && !routes.virtual_services.empty()) example = routes.virtual_services.front().resource;
  }
  return some ? Truth::no : Truth::unknown;
}

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  for (const TargetGroup& group : graph.target_groups()) {
    const auto host = text_of(group.backend.rule.host());
    if (!host.is_known() || group.servers.empty() || !told.insert(host.node().span()).second) continue;
    if (accepted(group, *host) == Truth::no) {
      const ServerRef& ref = group.servers.front();
      Finding finding = report.at(*group.ingress, host.node(), format("no Gateway server behind the ALB accepts host `{}`", *host));
      finding.note(ref.server.node["hosts"], "the hosts of the server on that port");
      if (group.assumed) finding.severity(Severity::warning);
      continue;
    }
    const Resource* example = nullptr;
    if (served(graph, group, *host, example) != Truth::no) continue;
    Finding finding = report.at(*group.ingress, host.node(), format("no VirtualService on the gateway serves host `{}`", *host));
    finding.note(VirtualService(*example).spec()["hosts"], "this one on the same Gateway serves other hosts");
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
