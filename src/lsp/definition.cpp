// From a name to what it names: resources, subsets, ports, hosts, actions, the pods that a selector selects.

#include <algorithm>
#include <string>

#include "lsp/asked.h"
#include "model/host.h"
#include "model/istio/policy_views.h"

namespace hop::lsp {
namespace {

struct Aim {
  Span place;  ///< the name
  Span whole;  ///< what is shown around it
};

Aim aim_at(const Resource& resource) { return {name_place(resource), resource.root.span()}; }

/// Servers of Gateways that let a VirtualService's host through, which may say it with a wildcard.
void add_wider_hosts(const Graph& graph, std::string_view host, std::vector<Aim>& aims) {
  for (const Gateway& gateway : graph.linted<Gateway>()) {
    for (yaml::Node node : gateway.servers()) {
      for (yaml::Node served : GatewayServer{node}.hosts()) {
        if (host_covers(gateway_host(served.str()).host, host)) aims.push_back({served.text_span(), served.span()});
      }
    }
  }
}

/// What a selector of labels selects: for a place inside of it.
void add_selected(const Graph& graph, const Resource& resource, yaml::Node node, std::vector<Aim>& aims) {
  const auto holds = [&](yaml::Node selector) {
    const Span place = selector.span(), inner = node.span();
    return selector && place.begin <= inner.begin && inner.end <= place.end;
  };
  std::vector<Workload> pods;
  if (resource.kind == Kind::service && holds(resource.spec()["selector"])) pods = graph.pods_of(Service(resource)).workloads;
  if (resource.kind == Kind::gateway && holds(resource.spec()["selector"]))
    pods = graph.select(resource, resource.spec()["selector"], true).workloads;
  const yaml::Node labels = resource.spec()["selector"]["matchLabels"];
  if (pods.empty() && resource.kind != Kind::deployment && holds(labels)) pods = graph.select(resource, labels, false).workloads;
  for (const Workload& workload : pods) aims.push_back(aim_at(*workload));
}

std::vector<Aim> aims_of(const Asked& asked, const Target& target) {
  const LiveRoot& root = target.spot.live();
  const Graph& graph = root.graph();
  std::vector<Aim> aims;
  const Occurrences& occurrences = asked.relations.occurrences(root);
  if (const Occurrence* one = occurrences.at(target.file(), target.offset)) {
    for (const Occurrence* same : occurrences.same(*one)) {
      if (same->defines) aims.push_back({same->place, same->key ? same->place : same->in->root.span()});
    }
    const Symbol& symbol = occurrences.symbol(*one);
    if (aims.empty() && symbol.what == Symbol::What::host) add_wider_hosts(graph, symbol.name, aims);
  }
  if (!aims.empty()) return aims;
  const Resource* resource = resource_at(asked, root, target.file(), target.offset);
  if (resource != nullptr) add_selected(graph, *resource, node_at(resource->root, target.offset).node, aims);
  return aims;
}

}  // namespace

Answer definition(const Asked& asked) {
  const auto target = target_of(asked);
  if (!target) return Json::null();
  const LiveRoot& root = target->spot.live();
  Json list = Json::list();
  for (const Aim& aim : aims_of(asked, *target)) {
    const auto location = location_json(asked, root, aim.place);
    if (!location) continue;
    if (!asked.client.links) {
      list.push_back(*location);
      continue;
    }
    const Span whole =
        aim.whole.file == aim.place.file && aim.whole.begin <= aim.place.begin && aim.whole.end >= aim.place.end ? aim.whole : aim.place;
    list.push_back(Json{{"targetUri", asked.workspace.uri_of(root.text(aim.place.file).path())},
                        {"targetRange", range_of(asked, root, whole)},
                        {"targetSelectionRange", range_of(asked, root, aim.place)}});
  }
  return list.empty() ? Json::null() : list;
}

}  // namespace hop::lsp
