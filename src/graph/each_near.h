#pragma once
// Looking at what an index has for a key, of many copies at those near by only (graph/copies.h). For graph/ only.

#include <algorithm>
#include <cstdint>
#include <ranges>
#include <span>
#include <unordered_map>

#include "graph/copies.h"
#include "graph/index.h"

namespace hop {

/// Calls `take` with the resource of each, or, where there are very many, with those around `from`: of the copies of an object on either
/// side as many as are told apart. `take` says whether one counts. `all` is in resource order; they are not taken in that order.
template <class T, class Of, class Take>
void each_near(std::span<const T> all, Of of, const Index& index, const Resource& from, Take take) {
  constexpr std::size_t many = 8 * most_copies;
  if (all.size() <= many) {
    for (const T& one : all) take(of(one));
    return;
  }
  const auto middle = std::ranges::lower_bound(all, from.id, {}, [&](const T& one) { return of(one)->id; });
  const auto walk = [&](const auto& side) {
    std::unordered_map<std::uint64_t, std::size_t> taken;  // by identity; asked for only
    for (const T& one : side) {
      std::size_t& count = taken[index.identities[of(one)->id]];
      if (count < most_copies && take(of(one))) ++count;
    }
  };
  walk(std::ranges::subrange(middle, all.end()));
  walk(std::ranges::subrange(all.begin(), middle) | std::views::reverse);
}

}  // namespace hop
