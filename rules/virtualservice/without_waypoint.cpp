// A VirtualService for the mesh, in ambient mode, that no waypoint applies.
#include "graph/ambient.h"
#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_service(const Graph& graph, const VirtualService& vs, yaml::Node place, const Resource& service, Report& report) {
  if (in_ambient_namespace(graph, service) != Truth::yes || service.opaque) return;
  if (service.ns != vs->ns) {
    Finding finding =
        report.at(vs, place, format("waypoints read VirtualServices of namespace `{}` only, where this Service lives", service.ns));
    finding.alias("KIA1114").note(service.name_node(), "the Service");
  } else if (uses_waypoint(graph, service, service.labels()) == Truth::no) {
    Finding finding = report.at(vs, place, format("the Service `{}` has no waypoint to apply routes", service.name));
    finding.alias("KIA1113").note(service.name_node(), "the Service");
  }
}

void check_virtual_service(const Graph& graph, const VirtualService& vs, Report& report) {
  bool resolved = false;
  for (yaml::Node place : vs.hosts()) {
    const auto host = text_of(place);
    if (host.is_unknown()) return;
    if (host.is_absent()) continue;
    const std::string full = graph.full_host(*vs, *host);
    const auto named = service_host(full, graph.cluster_domain());
    if (!named) continue;
    const Lookup service = graph.find(*vs, Kind::service, named->ns, named->name);
    if (!service.found()) continue;
    resolved = true;
    check_service(graph, vs, place, *service.target, report);
  }
  if (resolved || in_ambient_namespace(graph, *vs) != Truth::yes || uses_waypoint(graph, *vs, {}) != Truth::no) return;
  report.at(vs, vs.spec()["hosts"][0], format("namespace `{}` has no waypoint to apply routes", vs->ns)).alias("KIA1109");
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  const bool routes = vs.spec()["http"].size() > 0 || vs.spec()["tls"].size() > 0;
  if (routes && vs.applies_to_mesh() && !vs->ns.empty() && !vs.hosts().empty()) check_virtual_service(graph, vs, report);
}

}  // namespace

extern constinit const Rule virtualservice_without_waypoint = {
    .info = {.id = "virtualservice-without-waypoint",
             .summary = "a VirtualService for ambient workloads has no waypoint to apply it",
             .docs = "In ambient mode a waypoint before the Service applies its routes, and it reads the VirtualServices of the Service's "
                     "own namespace. "
                     "Looks at VirtualServices for the mesh, not at those of gateways only.",
             .effect = "the routes are ignored; requests go to the Service as if there were none",
             .source = "https://istio.io/latest/docs/ambient/usage/l7-features/",
             .severity = Severity::warning,
             .aliases = {"KIA1109", "KIA1113", "KIA1114"},
             .applies = {Component::istio, {1, 22}}},
    .reads = {Kind::virtual_service, Kind::service, Kind::namespace_},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
