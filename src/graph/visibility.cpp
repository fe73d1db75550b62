#include "graph/visibility.h"

#include <algorithm>

#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

std::string_view default_key(Kind kind) {
  switch (kind) {
    case Kind::virtual_service:
      return "defaultVirtualServiceExportTo";
    case Kind::destination_rule:
      return "defaultDestinationRuleExportTo";
    default:
      return "defaultServiceExportTo";
  }
}

void add(Visibility& seen, const Resource& resource, std::string_view entry) {
  if (entry == "*") {
    seen.everywhere = true;
  } else if (yaml::is_placeholder(entry)) {
    seen.unknown = true;
  } else if (entry != "~") {
    seen.namespaces.push_back(entry == "." ? resource.ns : entry);
  }
}

}  // namespace

Truth Visibility::in(std::string_view ns) const {
  if (everywhere || std::binary_search(namespaces.begin(), namespaces.end(), ns)) return Truth::yes;
  return unknown ? Truth::unknown : Truth::no;
}

Visibility visibility(const Graph& graph, const Resource& resource) {
  Visibility seen;
  seen.unknown = resource.opaque;
  const auto sort = [&] { std::sort(seen.namespaces.begin(), seen.namespaces.end()); };
  if (resource.kind == Kind::service) {
    const yaml::Node written = resource.annotation("networking.istio.io/exportTo");
    for (std::string_view entry : split_list(written.str(), ',')) add(seen, resource, entry);
    sort();
    if (!written.str().empty()) return seen;
  }
  yaml::Node list = resource.kind == Kind::service ? yaml::Node{} : resource.spec()["exportTo"];
  if (list.size() == 0) list = graph.mesh_setting(resource, default_key(resource.kind));
  for (yaml::Node entry : list.items()) add(seen, resource, entry.str());
  if (list.size() == 0) seen.everywhere = true;
  sort();
  return seen;
}

Truth meet(const Visibility& a, const Visibility& b) {
  const auto nobody = [](const Visibility& seen) { return !seen.everywhere && !seen.unknown && seen.namespaces.empty(); };
  if (nobody(a) || nobody(b)) return Truth::no;
  if (a.everywhere) return b.everywhere || !b.namespaces.empty() ? Truth::yes : Truth::unknown;
  if (b.everywhere) return meet(b, a);
  if (std::any_of(a.namespaces.begin(), a.namespaces.end(), [&](std::string_view ns) { return b.in(ns) == Truth::yes; })) return Truth::yes;
  return a.unknown || b.unknown ? Truth::unknown : Truth::no;
}

std::optional<std::string_view> hidden_from(const Graph& graph, const Edge& edge) {
  if (!edge.to.found() || !edge.from->ns_known || edge.from->ns.empty()) return std::nullopt;
  if (visibility(graph, *edge.to.target).everywhere) return std::nullopt;  // nearly always
  Visibility readers = visibility(graph, *edge.from);
  if (readers.unknown) return std::nullopt;
  if (readers.everywhere || readers.namespaces.empty()) readers.namespaces = {edge.from->ns};
  const bool seen_somewhere = edge.to.any([&](const Resource& copy) {
    const Visibility seen = visibility(graph, copy);
    return !copy.ns_known ||
           std::any_of(readers.namespaces.begin(), readers.namespaces.end(), [&](std::string_view ns) { return seen.in(ns) != Truth::no; });
  });
  return seen_somewhere ? std::nullopt : std::optional(readers.namespaces.front());
}

bool is_hidden(const Graph& graph, const VirtualService& vs, const Edge& destination) {
  return vs.applies_to_mesh() && hidden_from(graph, destination).has_value();
}

std::vector<std::string_view> pod_namespaces(const Graph& graph, const Gateway& gateway) {
  std::vector<std::string_view> namespaces;
  for (const Workload& pod : graph.select(*gateway, gateway.selector(), true).workloads) {
    if (!pod->ns_known || pod->ns.empty()) return {};
    namespaces.push_back(pod->ns);
  }
  std::ranges::sort(namespaces);
  const auto [first, last] = std::ranges::unique(namespaces);
  namespaces.erase(first, last);
  return namespaces;
}

namespace {

template <class Shows>
std::optional<std::string_view> blind_namespace(const Graph& graph, const VirtualService& vs, Shows shows) {
  std::optional<std::string_view> hidden;
  for (const Edge* edge : graph.from(*vs)) {
    if (edge->relation != Relation::virtualservice_gateway) continue;
    if (!edge->to.found() || edge->to.target->kind != Kind::gateway) return std::nullopt;
    for (std::string_view ns : pod_namespaces(graph, Gateway(*edge->to.target))) {
      if (shows(ns)) return std::nullopt;
      if (!hidden) hidden = ns;
    }
  }
  return hidden;
}

}  // namespace

std::optional<std::string_view> hidden_from_gateways(const Graph& graph, const VirtualService& vs, const Lookup& resource) {
  if (!resource.found() || visibility(graph, *resource.target).everywhere) return std::nullopt;  // nearly always
  return blind_namespace(graph, vs, [&](std::string_view ns) {
    return resource.any([&](const Resource& copy) { return !copy.ns_known || visibility(graph, copy).in(ns) != Truth::no; });
  });
}

std::optional<std::string_view> hidden_from_gateways(const Graph& graph, const VirtualService& vs, const Visibility& seen) {
  if (seen.everywhere) return std::nullopt;
  return blind_namespace(graph, vs, [&](std::string_view ns) { return seen.in(ns) != Truth::no; });
}

yaml::Node export_node(const Resource& resource) {
  return resource.kind == Kind::service ? resource.annotation("networking.istio.io/exportTo") : resource.spec()["exportTo"];
}

bool comparable(const Graph& graph, const Resource& a, const Resource& b) {
  const bool copies = a.kind == b.kind && a.ns == b.ns && a.name == b.name;
  return a.id != b.id && !copies && graph.sees(a, b);
}

std::string near_host(const Graph& graph, const Edge& edge) {
  const Resource& near = *edge.to.near;
  const bool own = near.ns == edge.from->ns && edge.name.find('.') == std::string_view::npos;
  return own ? std::string(near.name) : format("{}.{}.svc.{}", near.name, near.ns, graph.cluster_domain());
}

}  // namespace hop
