#include "yaml/seat.h"

namespace hop::yaml {
namespace {

/// The child of `parent` whose subtree holds `item`.
Seat step_down(const Tree& tree, std::uint32_t parent, std::uint32_t item) {
  const std::vector<Item>& items = tree.items;
  Seat seat{parent, parent + 1, 0, 0};
  if (items[parent].type == NodeType::sequence) {
    for (; items[seat.item].next <= item; seat.item = items[seat.item].next) ++seat.position;
    return seat;
  }
  for (std::uint32_t key = parent + 1;; key = items[items[key].next].next) {
    const std::uint32_t value = items[key].next;
    if (item < value) return {parent, key, 0, 0};
    if (item < items[value].next) return {parent, value, key, 0};
  }
}

}  // namespace

std::vector<Seat> seats(const Tree& tree, std::uint32_t item) {
  std::vector<Seat> result;
  for (std::uint32_t at = 0; at != item; at = result.back().item) result.push_back(step_down(tree, at, item));
  return result;
}

}  // namespace hop::yaml
