// A route at a gateway to a host whose subsets are chosen by another VirtualService, for the mesh.
#include <algorithm>
#include <map>
#include <set>

#include "graph/visibility.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Choice {
  VirtualService vs;
  yaml::Node subset;
};
using Choices = std::map<std::string_view, std::vector<Choice>>;

constexpr std::size_t compared = 100;  ///< VirtualServices of one host; more are not looked at

bool on_gateway(const VirtualService& vs) {
  for (yaml::Node gateway : vs.gateways()) {
    if (gateway.str() != "mesh") return true;
  }
  return false;
}

bool may_choose(const Destination& destination) {
  return destination.route_kind == RouteKind::http && !destination.mirror && destination.subset();
}

bool chooses_subset(const Graph& graph, const VirtualService& vs, std::string_view host) {
  return std::ranges::any_of(graph.destinations(vs),
                             [&](const Destination& destination) { return destination.full_host == host && may_choose(destination); });
}

/// Whether every copy of the VirtualService chooses: copies are alternatives, and the one in force may not.
bool all_choose(const Graph& graph, const VirtualService& vs, std::string_view host) {
  const Lookup same = graph.find(*vs, Kind::virtual_service, vs->ns, vs->name);
  return std::ranges::all_of(same.copies,
                             [&](const Resource* copy) { return !copy->linted() || chooses_subset(graph, VirtualService(*copy), host); });
}

/// Which hosts of the mesh have their subsets chosen.
Choices choices_of(const Graph& graph) {
  Choices choices;
  for (const VirtualService& vs : graph.linted<VirtualService>()) {
    if (!vs.applies_to_mesh() || std::ranges::none_of(graph.destinations(vs), may_choose)) continue;
    std::set<std::string> own;
    for (yaml::Node host : vs.hosts()) own.insert(graph.full_host(*vs, host.str()));
    for (const Destination& destination : graph.destinations(vs)) {
      if (!may_choose(destination) || destination.subset().str().empty()) continue;
      if (own.erase(std::string(destination.full_host)) != 0) choices[destination.full_host].push_back({vs, destination.subset()});
    }
  }
  return choices;
}

void check(const Graph& graph, Report& report) {
  const Choices choices = choices_of(graph);
  if (choices.empty()) return;
  for (const VirtualService& vs : graph.linted<VirtualService>()) {
    if (!on_gateway(vs)) continue;
    for (const Destination& destination : graph.destinations(vs)) {
      if (destination.route_kind != RouteKind::http || destination.mirror || destination.subset()) continue;
      const auto group = choices.find(destination.full_host);
      if (group == choices.end()) continue;
      for (const Choice& choice : std::span(group->second).first(std::min(group->second.size(), compared))) {
        if (!comparable(graph, *vs, *choice.vs) || !all_choose(graph, choice.vs, destination.full_host)) continue;
        report
            .at(vs, destination.host(),
                format("the route to `{}` passes by what VirtualService `{}` says", destination.host().str(), choice.vs->name))
            .alias("IST0140")
            .note(choice.subset, "in the mesh a subset is chosen here");
        break;
      }
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_subset_lost_at_gateway = {
    .info = {.id = "virtualservice-subset-lost-at-gateway",
             .summary = "a gateway's route goes to all subsets of a host, while one is chosen in the mesh",
             .docs = "A gateway looks at the VirtualServices bound to it, and sends a request on to the pods of the destination: a "
                     "VirtualService of "
                     "that host for the mesh is not asked again. The route at the gateway has to name the subset itself.",
             .effect = "requests from outside reach every version, whatever the mesh's routes say",
             .source =
                 "https://istio.io/latest/docs/ops/common-problems/network-issues/#route-rules-have-no-effect-on-ingress-gateway-requests",
             .severity = Severity::warning,
             .aliases = {"IST0140"}},
    .reads = {Kind::virtual_service, Facet::references},
    .check = check,
};

}  // namespace hop::rules
