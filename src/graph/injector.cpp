#include "graph/injector.h"

#include <algorithm>

namespace hop {
namespace {

constexpr std::string_view base_name = "istio-sidecar-injector";

bool is_injector(std::string_view name) {
  return name == base_name || (name.starts_with(base_name) && name.size() > base_name.size() + 1 && name[base_name.size()] == '-');
}

}  // namespace

std::vector<Injector> injectors(const Graph& graph) {
  std::vector<Injector> found;
  for (const ConfigMap& map : graph.all<ConfigMap>()) {
    if (!is_injector(map->name) || !map.data()["values"].is_scalar()) continue;
    const std::string_view suffix = map->name.substr(std::min(map->name.size(), base_name.size() + 1));
    found.push_back({map.resource, suffix.empty() ? "default" : suffix, map.data()["values"].inner()});
  }
  std::stable_sort(found.begin(), found.end(), [](const Injector& a, const Injector& b) { return a.revision < b.revision; });
  return found;
}

const Injector* find_injector(const Graph& graph, const std::vector<Injector>& all, const Resource& from, std::string_view revision) {
  const std::string_view wanted = revision.empty() ? "default" : revision;
  auto at = std::lower_bound(all.begin(), all.end(), wanted,
                             [](const Injector& injector, std::string_view word) { return injector.revision < word; });
  for (; at != all.end() && at->revision == wanted; ++at) {
    if (graph.sees(from, *at->config_map)) return &*at;
  }
  return nullptr;
}

std::string_view revision_of(const Resource& ns) {
  if (const std::string_view revision = ns.label("istio.io/rev").str(); !revision.empty()) return revision;
  return ns.label("istio-injection").str() == "enabled" ? "default" : "";
}

}  // namespace hop
