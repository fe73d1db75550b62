#include "engine/outside.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "engine/wanted_name.h"

namespace hop {
std::vector<const Edge*> references_by_place(const Graph& graph) {
  std::vector<const Edge*> edges;
  for (const Edge& edge : graph.edges()) edges.push_back(&edge);
  const auto key = [&](const Edge* edge) {
    const Span place = edge->place.span();
    return std::tuple(std::string_view(graph.sources()[place.file].path()), place.begin, edge->relation);
  };
  std::stable_sort(edges.begin(), edges.end(), [&](const Edge* a, const Edge* b) { return key(a) < key(b); });
  return edges;
}

std::vector<OutsideName> outside_names(const Graph& graph) {
  std::map<std::tuple<std::string, std::string, std::string>, OutsideName> names;
  for (const Edge* edge : references_by_place(graph)) {
    if (!edge->to.unknown()) continue;
    KnownName known = wanted_name(*edge, graph.cluster_domain());
    if (!can_be_declared(known)) continue;
    const auto [at, fresh] = names.try_emplace({known.kind, known.ns, known.name});
    if (fresh) at->second = {std::move(known), edge->place.span(), 0};
    ++at->second.times;
  }
  std::vector<OutsideName> list;
  list.reserve(names.size());
  for (auto& [key, name] : names) list.push_back(std::move(name));
  return list;
}

}  // namespace hop
