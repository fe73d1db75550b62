#include "graph/duplicates.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "graph/index.h"

namespace hop {
namespace {

bool same_identity(const Resource& a, const Resource& b) {
  return a.cluster == b.cluster && a.kind_name == b.kind_name && a.ns == b.ns && a.name == b.name &&
         group_of(a.api_version) == group_of(b.api_version);
}

using Hashed = std::pair<std::uint64_t, const Resource*>;

std::vector<Hashed> hash_all(const Graph& graph) {
  std::vector<Hashed> all;
  for (const Resource* resource : graph.maybe_repeated()) {
    if (!resource->linted() || !resource->name_known || !resource->ns_known) continue;
    KeyHash hash;
    hash.add(resource->cluster).add(group_of(resource->api_version)).add(resource->kind_name).add(resource->ns).add(resource->name);
    all.emplace_back(hash.value(), resource);
  }
  return all;
}

}  // namespace

std::vector<Duplicate> duplicates(const Graph& graph) {
  std::vector<Hashed> all = hash_all(graph);
  std::stable_sort(all.begin(), all.end(), [](const Hashed& a, const Hashed& b) { return a.first < b.first; });
  std::vector<Duplicate> found;
  for (std::size_t first = 0; first < all.size(); ++first) {
    if (all[first].second == nullptr) continue;  // thousands of copies of one object take no longer than thousands of objects
    for (std::size_t i = first + 1; i < all.size() && all[i].first == all[first].first; ++i) {
      if (all[i].second == nullptr || !same_identity(*all[first].second, *all[i].second)) continue;
      found.push_back({all[first].second, all[i].second});
      all[i].second = nullptr;  // it has its first one
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Duplicate& a, const Duplicate& b) { return a.later->id < b.later->id; });
  return found;
}

}  // namespace hop
