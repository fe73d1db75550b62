// A host of a Gateway that no VirtualService on it serves.
#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Gateway gateway(resource);
  const GatewayRoutes& routes = graph.routes_of(*gateway);
  // Without any VirtualService the routes live elsewhere.
  if (routes.virtual_services.empty() || routes.unknown) return;
  for (yaml::Node node : gateway.servers()) {
    for (yaml::Node host : GatewayServer{node}.hosts()) {
      const auto text = text_of(host);
      if (!text.is_known() || routes.hosts.overlaps(gateway_host(*text).host)) continue;
      Finding finding = report.at(gateway, host, format("no VirtualService on Gateway `{}` serves host `{}`", gateway->name, *text));
      finding.note(routes.virtual_services.front().spec()["hosts"], "this one on the same Gateway serves other hosts");
      if (!graph.complete(gateway->ns)) finding.severity(Severity::info);
    }
  }
}

}  // namespace

extern constinit const Rule gateway_host_unrouted = {
    .info =
        {.id = "gateway-host-unrouted",
         .summary = "a Gateway accepts a host that no VirtualService on it serves",
         .docs =
             "Judged only where at least one VirtualService on the Gateway is among the manifests; without `complete` it is info, since "
             "the one that is missing may live in another repository.",
         .effect = "requests for this host get 404 from the gateway",
         .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService",
         .severity = Severity::warning},
    .reads = {Kind::gateway, Facet::routing},
    .each = Kind::gateway,
    .check_each = check_each,
};

}  // namespace hop::rules
