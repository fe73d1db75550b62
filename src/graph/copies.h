#pragma once
// Copies of one object in many folders: examples, clusters without a kustomization, what somebody copied. They are alternatives, and those
// in the folders near by are meant first. Knows nothing of what the objects are.

#include <cstddef>
#include <string_view>
#include <vector>

#include "model/resource.h"
#include "text/file.h"

namespace hop {

/// Copies of one object that are told apart where objects select each other by labels: each of N copies selects all N of another object,
/// and what is behind those would be looked at N times N times N times.
inline constexpr std::size_t most_copies = 8;

/// How many leading folders two paths share.
std::size_t shared_folders(std::string_view a, std::string_view b);

/// For each of the resources whether it is among the `most_copies` of its object whose folders are nearest to that of `from`.
std::vector<bool> are_near(const Sources& sources, const Resource& from, const std::vector<const Resource*>& resources);

/// Leaves the others out; the order stays. `V` is a view.
template <class V>
void keep_near_copies(const Sources& sources, const Resource& from, std::vector<V>& views) {
  if (views.size() <= most_copies) return;
  std::vector<const Resource*> resources;
  resources.reserve(views.size());
  for (const V& view : views) resources.push_back(view.resource);
  const std::vector<bool> near = are_near(sources, from, resources);
  std::vector<V> kept;
  for (std::size_t i = 0; i < views.size(); ++i) {
    if (near[i]) kept.push_back(views[i]);
  }
  views = std::move(kept);
}

}  // namespace hop
