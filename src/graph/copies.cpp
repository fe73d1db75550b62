#include "graph/copies.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace hop {

std::string_view path_of(const Sources& sources, const Resource& resource) {
  const FileId file = resource.root.document()->file();
  return file == no_file ? std::string_view{} : std::string_view(sources[file].path());
}

Outwards::Outwards(const Sources& sources, const std::deque<Resource>& resources, const Parts& parts, const Resource& from)
    : sources_(sources), resources_(resources), from_(from), here_(path_of(sources, from)) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto before = static_cast<std::size_t>(std::ranges::lower_bound(parts[i], from.id) - parts[i].begin());
    sides_[2 * i] = {parts[i].first(before), true};
    sides_[2 * i + 1] = {parts[i].subspan(before), false};
  }
  for (Side& side : sides_) advance(side);
}

void Outwards::advance(Side& side) const {
  side.resource = nullptr;
  if (side.left.empty()) return;
  side.resource = &resources_[side.before ? side.left.back() : side.left.front()];
  side.shared = shared_folders(path_of(sources_, *side.resource), here_);
  side.left = side.before ? side.left.first(side.left.size() - 1) : side.left.subspan(1);
}

const Resource* Outwards::next() {
  const auto near = [&](const Side& side) {
    const std::uint32_t id = side.resource->id;
    return std::pair(side.shared, ~(std::max(id, from_.id) - std::min(id, from_.id)));
  };
  Side* nearest = nullptr;
  for (Side& side : sides_) {
    if (side.resource == nullptr) continue;
    // Of two equally near the one behind.
    if (nearest == nullptr || near(side) > near(*nearest) || (near(side) == near(*nearest) && !side.before)) nearest = &side;
  }
  if (nearest == nullptr) return nullptr;
  const Resource* given = nearest->resource;
  advance(*nearest);
  return given;
}

std::size_t shared_folders(std::string_view a, std::string_view b) {
  std::size_t shared = 0;
  for (std::size_t i = 0; i < a.size() && i < b.size() && a[i] == b[i]; ++i) shared += a[i] == '/' ? 1 : 0;
  return shared;
}

std::vector<bool> are_near(const Sources& sources, const Resource& from, const std::vector<const Resource*>& resources) {
  std::map<std::tuple<Kind, std::string_view, std::string_view>, std::vector<std::size_t>> objects;
  for (std::size_t i = 0; i < resources.size(); ++i) objects[{resources[i]->kind, resources[i]->ns, resources[i]->name}].push_back(i);
  std::vector<bool> near(resources.size(), true);
  const std::string_view here = path_of(sources, from);
  for (auto& [object, copies] : objects) {
    if (copies.size() <= most_copies) continue;
    // Of copies in folders equally near those next to it: were it always the first, these would be everybody's.
    const auto distance = [&](std::size_t at) {
      const std::uint32_t id = resources[at]->id;
      return std::tuple(here.size() - shared_folders(path_of(sources, *resources[at]), here), std::max(id, from.id) - std::min(id, from.id),
                        at);
    };
    std::vector<std::tuple<std::size_t, std::uint32_t, std::size_t>> order;
    for (const std::size_t at : copies) order.push_back(distance(at));
    std::nth_element(order.begin(), order.begin() + most_copies, order.end());
    for (std::size_t i = most_copies; i < order.size(); ++i) near[std::get<2>(order[i])] = false;
  }
  return near;
}

}  // namespace hop
