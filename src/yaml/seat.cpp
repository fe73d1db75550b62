#include "yaml/seat.h"

#include <algorithm>

namespace hop::yaml {
namespace {

/// Trees of fewer items are walked: that is quicker than an index that is asked a few times.
constexpr std::size_t large = 4096;

/// The child of `parent` whose subtree holds `item`.
Seat step_down(const Tree& tree, std::uint32_t parent, std::uint32_t item) {
  const Item* const items = tree.items.data();
  Seat seat{parent, parent + 1, 0, 0};
  if (items[parent].type == NodeType::sequence) {
    for (; next_of(items, seat.item) <= item; seat.item = next_of(items, seat.item)) ++seat.position;
    return seat;
  }
  for (std::uint32_t key = parent + 1;; key = next_of(items, next_of(items, key))) {
    const std::uint32_t value = next_of(items, key);
    if (item < value) return {parent, key, 0, 0};
    if (item < next_of(items, value)) return {parent, value, key, 0};
  }
}

}  // namespace

class SeatIndex {
 public:
  explicit SeatIndex(const Tree& tree) : parents_(tree.items.size()), places_(tree.items.size()) {
    struct Level {
      std::uint32_t item, next;
      bool sequence;
      std::uint32_t count = 0, key = 0;
    };
    std::vector<Level> levels;
    for (std::uint32_t at = 0; at < tree.items.size(); ++at) {
      const Item& item = tree.items[at];
      while (!levels.empty() && at >= levels.back().next) levels.pop_back();
      if (!levels.empty()) {
        Level& level = levels.back();
        parents_[at] = level.item;
        const bool is_key = !level.sequence && level.count % 2 == 0;
        places_[at] = level.sequence ? level.count : is_key ? 0 : level.key;
        if (is_key) level.key = at;
        ++level.count;
      }
      if (tree.next(at) > at + 1) levels.push_back({at, item.data, item.type == NodeType::sequence});
    }
  }

  Seat of(const Tree& tree, std::uint32_t item) const {
    const std::uint32_t parent = parents_[item], place = places_[item];
    const bool in_sequence = tree.items[parent].type == NodeType::sequence;
    return {parent, item, in_sequence ? 0 : place, in_sequence ? place : 0};
  }

 private:
  std::vector<std::uint32_t> parents_;
  std::vector<std::uint32_t> places_;  ///< of a value its key, of a key 0, in a sequence the position
};

LazySeatIndex::~LazySeatIndex() { delete index_.load(std::memory_order_relaxed); }

const SeatIndex& LazySeatIndex::of(const Tree& tree) const {
  const SeatIndex* known = index_.load(std::memory_order_acquire);
  if (known != nullptr) return *known;
  auto made = std::make_unique<const SeatIndex>(tree);
  if (index_.compare_exchange_strong(known, made.get(), std::memory_order_acq_rel)) known = made.release();
  return *known;
}

std::vector<Seat> seats(const Tree& tree, std::uint32_t item) {
  std::vector<Seat> result;
  if (tree.items.size() < large) {
    for (std::uint32_t at = 0; at != item; at = result.back().item) result.push_back(step_down(tree, at, item));
    return result;
  }
  const SeatIndex& index = tree.seats.of(tree);
  for (std::uint32_t at = item; at != 0; at = result.back().parent) result.push_back(index.of(tree, at));
  std::reverse(result.begin(), result.end());
  return result;
}

}  // namespace hop::yaml
