// A VirtualService bound to a Gateway that does not exist.
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The name as the VirtualService has to write it.
std::string spelled(const Resource& from, const Resource& gateway) {
  return gateway.ns == from.ns ? std::string(gateway.name) : format("{}/{}", gateway.ns, gateway.name);
}

void check_references(const Graph& graph, Relation relation, Report& report) {
  for (const Edge& edge : graph.edges(relation)) {
    if (!edge.to.missing()) continue;
    const std::string where = edge.ns.empty() ? "" : format(" in namespace `{}`", edge.ns);
    Finding finding = report.at(*edge.from, edge.place, format("the Gateway `{}` does not exist{}", edge.name, where));
    if (relation == Relation::virtualservice_gateway) {
      // No host can be served by it, which is what the second code says.
      finding.alias("IST0101").alias("IST0132");
    } else {
      finding.effect("the match fits no request");
    }
    finding.alias("KIA1102").missing(edge.to).target(format("Gateway {}/{}", edge.ns, edge.name));
    const Resource* meant = edge.to.near != nullptr ? edge.to.near : edge.to.elsewhere;
    if (meant != nullptr)
      finding.fix(format("change it to `{}`", spelled(*edge.from, *meant)), edge.place, spelled(*edge.from, *meant), Safety::unsafe);
  }
}

void check(const Graph& graph, Report& report) {
  check_references(graph, Relation::virtualservice_gateway, report);
  check_references(graph, Relation::virtualservice_match_gateway, report);
}

}  // namespace

extern constinit const Rule virtualservice_gateway_missing = {
    .info = {.id = "virtualservice-gateway-missing",
             .summary = "a VirtualService is bound to a Gateway that does not exist",
             .docs =
                 "Names are `gateway` in the VirtualService's own namespace, `namespace/gateway`, or the old form "
                 "`gateway.namespace`, with or without `.svc.cluster.local`. Gateways of the Gateway API count too, and the gateways of a "
                 "route's `match`.\n\n"
                 "Declare a Gateway that lives elsewhere with `known: [\"Gateway ns/name\"]`.",
             .effect = "the VirtualService is accepted and ignored; requests for its hosts get 404",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService",
             .severity = Severity::error,
             .aliases = {"IST0101", "IST0132", "KIA1102"},
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
