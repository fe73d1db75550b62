// A DestinationRule for a host that does not exist.
#include "graph/visibility.h"
#include "model/host.h"
#include "rule/hidden_host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Nobody in this namespace sees the host.
void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::destinationrule_host)) {
    if (const auto ns = hidden_from(graph, edge)) report_hidden_host(edge, *ns, report).alias("IST0174").alias("KIA0202");
    if (!edge.to.missing()) continue;
    Finding finding = report.at(*edge.from, edge.place, format("no Service or ServiceEntry has host `{}`", edge.name));
    finding.alias("IST0174").missing(edge.to).target(graph.full_host(*edge.from, edge.name));
    // `name.namespace`, which Istio does not complete, is good enough for Kiali.
    if (edge.to.near == nullptr || !half_qualified_host(edge.name)) finding.alias("KIA0202");
    if (edge.to.near == nullptr) continue;
    const std::string meant = near_host(graph, edge);
    finding.fix(format("change it to `{}`", meant), edge.place, meant, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule destinationrule_host_missing = {
    .info = {.id = "destinationrule-host-missing",
             .summary = "a DestinationRule is for a host that does not exist",
             .docs =
                 "A short name is a Service of the DestinationRule's own namespace; other names are looked up as they are written, among "
                 "Services as `name.namespace.svc.<cluster domain>` and among the hosts of ServiceEntries. Wildcards are not looked up. "
                 "What exists has to be exported (`exportTo`) to the rule's namespace, or to one that the rule is exported to.\n\n"
                 "Declare what lives elsewhere with `known: [\"Service ns/name\"]`.",
             .effect = "the rule is accepted and ignored: its subsets, TLS settings and limits hold for no request",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#DestinationRule",
             .severity = Severity::warning,
             .aliases = {"IST0174", "KIA0202"},
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
