// One destination twice in a route.
#include <map>

#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_route(const Graph& graph, const VirtualService& vs, yaml::Node route, Report& report) {
  if (route["route"].size() < 2) return;
  std::map<std::string, yaml::Node> seen;
  for (yaml::Node target : route["route"].items()) {
    const RouteDestination destination{target["destination"]};
    const auto host = text_of(destination.host());
    const auto subset = text_of(destination.subset());
    if (!host.is_known() || subset.is_unknown()) continue;
    const std::string key = format("{} {} {}", graph.full_host(*vs, *host), subset.value_or(""), destination.port().str());
    const auto [first, added] = seen.emplace(key, destination.host());
    if (added) continue;
    report.at(vs, destination.host(), format("destination `{}` stands twice in this route", *host))
        .alias("KIA1105")
        .note(first->second, "the first");
  }
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  for (const char* list : {"http", "tls", "tcp"}) {
    for (yaml::Node route : vs.spec()[list].items()) check_route(graph, vs, route, report);
  }
}

}  // namespace

extern constinit const Rule virtualservice_destination_repeated = {
    .info = {.id = "virtualservice-destination-repeated",
             .summary = "a destination stands twice in one route",
             .docs = "The same host, subset and port. Often the subset of one was forgotten to be changed; else one entry with the sum of "
                     "the weights does.",
             .effect = "both weights go to one destination",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination",
             .severity = Severity::warning,
             .aliases = {"KIA1105"}},
    .reads = {Kind::virtual_service},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
