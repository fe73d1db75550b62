// A VirtualService of the mesh for a Service that does not exist.
#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  if (!vs.applies_to_mesh() || vs.gateways().begin() != vs.gateways().end()) return;
  for (yaml::Node node : vs.hosts()) {
    const auto host = text_of(node);
    if (!host.is_known() || is_wildcard(*host) || !service_host(*host, graph.cluster_domain())) continue;
    const Lookup found = graph.find_host(*vs, *host);
    // A name of one's own is possible: only where it is surely meant for a Service.
    if (!found.missing() || found.near == nullptr) continue;
    Finding finding = report.at(vs, node, format("no Service has the host `{}` that the VirtualService is for", *host));
    finding.missing(found);
    const bool is_short = (*host).find('.') == std::string_view::npos;
    if (is_short) finding.fix(format("change it to `{}`", found.near->name), node, found.near->name, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule virtualservice_host_missing = {
    .info = {.id = "virtualservice-host-missing",
             .summary = "a VirtualService of the mesh is for a Service that does not exist",
             .docs = "Without `gateways` a VirtualService is about calls inside the mesh, and its hosts are Services of its namespace, or "
                     "`name.namespace.svc.<cluster domain>`. Told where a Service of nearly that name is there: a name of one's own is "
                     "possible, too.",
             .effect = "nobody can call the host, for it has no address; calls to the Service that was meant go as if there were no routes",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService-hosts",
             .severity = Severity::warning,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::virtual_service, Kind::service, Kind::service_entry},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
