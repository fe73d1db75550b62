#pragma once
// Puts the items of a list into a given order where they are: no second list is made. Knows nothing of what they are.

#include <cstddef>
#include <utility>
#include <vector>

namespace hop {

/// Item `order[i]` comes to place `i`. Each position must stand in `order` once. Moves an item once, or not at all.
template <class List, class Position>
void permute(List& list, std::vector<Position> order) {
  for (std::size_t first = 0; first < order.size(); ++first) {
    if (order[first] == first) continue;
    // What belongs here comes here, then what belongs there goes there, until what was here has its place.
    auto kept = std::move(list[first]);
    std::size_t at = first;
    for (std::size_t from = order[at]; from != first; from = order[at]) {
      list[at] = std::move(list[from]);
      order[at] = static_cast<Position>(at);
      at = from;
    }
    list[at] = std::move(kept);
    order[at] = static_cast<Position>(at);
  }
}

}  // namespace hop
