// Hosts that look like a Service and name none.
#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  if (!vs.applies_to_mesh()) return;
  for (yaml::Node node : vs.hosts()) {
    const auto host = text_of(node);
    const auto half = host.is_known() ? half_qualified_host(*host) : std::nullopt;
    if (!half) continue;
    const Lookup found = graph.find(*vs, Kind::service, half->ns, half->name);
    if (!found.found()) continue;
    const std::string whole = format("{}.{}.svc.{}", half->name, half->ns, graph.cluster_domain());
    report.at(vs, node, format("`{}` is not completed: it is not the Service `{}`", *host, half->name))
        .note(found.target->name_node(), "the Service")
        .fix(format("write `{}`", whole), node, whole, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule virtualservice_host_half_qualified = {
    .info = {.id = "virtualservice-host-half-qualified",
             .summary = "a host of a VirtualService is a half-written name of a Service",
             .docs = "Istio completes names without a dot, with the VirtualService's own namespace. `cart.shop` has one and is "
                     "taken as it is: the routes are not those of the Service `cart` in `shop`. Write "
                     "`cart.shop.svc.cluster.local`.",
             .effect = "sidecars do not use the routes for calls to the Service",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService",
             .severity = Severity::warning,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::virtual_service, Kind::service},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
