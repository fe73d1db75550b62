// Routes delegated to a VirtualService that does not exist.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::virtualservice_delegate)) {
    const auto bound = [](const Resource& target) { return !target.opaque && target.spec()["hosts"].size() > 0; };
    if (edge.to.found() && bound(*edge.to.target)) {
      report.at(*edge.from, edge.place, format("the VirtualService `{}` has hosts of its own and is no delegate", edge.name))
          .note(edge.to.target->spec()["hosts"].key_span(), "its hosts");
    }
    if (!edge.to.missing()) continue;
    const std::string where = edge.ns.empty() ? "" : format(" in namespace `{}`", edge.ns);
    Finding finding = report.at(*edge.from, edge.place, format("the VirtualService `{}` does not exist{}", edge.name, where));
    finding.missing(edge.to).target(format("VirtualService {}/{}", edge.ns, edge.name));
    if (edge.to.near != nullptr)
      finding.fix(format("change it to `{}`", edge.to.near->name), edge.place, edge.to.near->name, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule virtualservice_delegate_missing = {
    .info = {.id = "virtualservice-delegate-missing",
             .summary = "a route is delegated to a VirtualService that does not exist, or has hosts of its own",
             .docs = "`delegate` names a VirtualService without `hosts`, in the namespace of the route's own unless it says another.",
             .effect = "requests that fit the match are not routed: the delegate's routes are not there",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
