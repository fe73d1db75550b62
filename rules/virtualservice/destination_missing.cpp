// A route to a host that no Service and no ServiceEntry has.
#include "graph/visibility.h"
#include "model/host.h"
#include "rule/hidden_host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Kiali passes mirrors over, and completes `name.namespace`, which Istio does not.
bool is_known_to_kiali(const Edge& edge) {
  const bool mirror = edge.place.path().find(".mirror") != std::string::npos;
  return !mirror && (edge.to.near == nullptr || !half_qualified_host(edge.name));
}

void report_missing(const Graph& graph, const Edge& edge, Report& report) {
  Finding finding = report.at(*edge.from, edge.place, format("no Service or ServiceEntry has host `{}`", edge.name));
  finding.alias("IST0101").missing(edge.to).target(graph.full_host(*edge.from, edge.name));
  if (is_known_to_kiali(edge)) finding.alias("KIA1101");
  if (edge.to.near == nullptr) return;
  const std::string meant = near_host(graph, edge);
  finding.fix(format("change it to `{}`", meant), edge.place, meant, Safety::unsafe);
}

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::virtualservice_destination)) {
    const VirtualService vs(*edge.from);
    auto ns = vs.applies_to_mesh() ? hidden_from(graph, edge) : std::nullopt;
    const bool at_gateway = !ns;
    if (at_gateway) ns = hidden_from_gateways(graph, vs, edge.to);
    if (ns) {
      Finding finding = report_hidden_host(edge, *ns, report);
      if (at_gateway) finding.effect("requests that come in by the gateway's pods, which live there, fail with 503");
      finding.alias("IST0101");
      if (is_known_to_kiali(edge)) finding.alias("KIA1101");
    }
    if (edge.to.missing()) report_missing(graph, edge, report);
  }
}

}  // namespace

extern constinit const Rule virtualservice_destination_missing = {
    .info =
        {.id = "virtualservice-destination-missing",
         .summary = "a VirtualService routes to a host that does not exist",
         .docs =
             "A short name is a Service of the VirtualService's own namespace; other names are looked up as they are written, among "
             "Services as `name.namespace.svc.<cluster domain>` and among the hosts of ServiceEntries. `name.namespace` is not "
             "completed by Istio and finds nothing. Mirrors count too. In the mesh, what exists has to be "
             "exported (`exportTo`) to the VirtualService's namespace, or to one that the VirtualService is exported to; for a gateway, to "
             "the namespace of its pods.\n\n"
             "Declare what lives elsewhere with `known: [\"Service ns/name\"]`.",
         .effect = "requests that take this route fail with 503",
         .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination",
         .severity = Severity::error,
         .aliases = {"IST0101", "KIA1101"},
         .fixes = FixPolicy::sometimes},
    .reads = {Facet::references, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
