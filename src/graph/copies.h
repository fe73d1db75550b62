#pragma once
// Copies of one object in many folders: examples, clusters without a kustomization, what somebody copied. They are alternatives, and those
// in the folders near by are meant first. Knows nothing of what the objects are.

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <vector>

#include "model/resource.h"
#include "text/file.h"

namespace hop {

/// Copies of one object that are told apart where others name or select it: each of N copies would find all N of another object, and what
/// is behind those would be looked at N times N times N times.
inline constexpr std::size_t most_copies = 8;

/// How many leading folders two paths share.
std::size_t shared_folders(std::string_view a, std::string_view b);

/// The file that a resource stands in; "" for one that stands in none.
std::string_view path_of(const Sources& sources, const Resource& resource);

/// Walks over copies, given in two parts, from the one nearest to `from` outwards. The ids of each part ascend, as paths do: so the folders
/// that two copies share with `from` are the fewer the further away they are, on either side.
class Outwards {
 public:
  using Parts = std::array<std::span<const std::uint32_t>, 2>;
  Outwards(const Sources& sources, const std::deque<Resource>& resources, const Parts& parts, const Resource& from);
  /// The next one; nullptr when all were given.
  const Resource* next();

 private:
  /// Of one part what lies before or behind `from`.
  struct Side {
    std::span<const std::uint32_t> left;
    bool before = false;
    const Resource* resource = nullptr;  ///< the next one; nullptr: none is left
    std::size_t shared = 0;              ///< folders
  };
  void advance(Side& side) const;

  const Sources& sources_;
  const std::deque<Resource>& resources_;
  const Resource& from_;
  std::string_view here_;
  std::array<Side, 4> sides_;
};

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
