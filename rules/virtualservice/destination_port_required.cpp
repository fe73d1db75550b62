// A route without a port to a Service with several.
#include "graph/visibility.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool has_several_ports(const Resource& resource) { return !resource.opaque && resource.spec()["ports"].size() > 1; }

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  for (const Destination& destination : graph.destinations(vs)) {
    if (destination.edge == nullptr || destination.node["port"] || is_hidden(graph, vs, *destination.edge)) continue;
    const Lookup& found = destination.edge->to;
    if (!found.found() || found.any([](const Resource& copy) { return !has_several_ports(copy); })) continue;
    const Resource& target = *found.target;
    report.at(vs, destination.host(), format("the {} `{}` has several ports and the route names none", target.kind_name, target.name))
        .alias("IST0112")
        .note(target.spec()["ports"], format("{} ports", target.spec()["ports"].size()));
  }
}

}  // namespace

extern constinit const Rule virtualservice_destination_port_required = {
    .info = {.id = "virtualservice-destination-port-required",
             .summary = "a VirtualService routes to a Service with several ports without saying which",
             .docs = "The port may be left out only where the destination has a single one.",
             .effect = "the port is not chosen for you: requests that take this route fail",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination",
             .severity = Severity::error,
             .aliases = {"IST0112"}},
    .reads = {Kind::virtual_service, Facet::references, Facet::mesh},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
