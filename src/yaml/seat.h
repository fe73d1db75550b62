#pragma once
// Where an item sits in its tree: parent, key, position. Items do not store it: the way down from the root finds it, or an index
// of a large tree, where each step may pass a million siblings.

#include <vector>

#include "yaml/tree.h"

namespace hop::yaml {

struct Seat {
  std::uint32_t parent = 0, item = 0;
  std::uint32_t key = 0;       ///< of a mapping's value: its key; 0 if there is none
  std::uint32_t position = 0;  ///< in a sequence
};

/// One seat for each step from the root, the last that of `item`; empty for the root. Of a large tree the first
/// call is linear in it and every other in the depth.
std::vector<Seat> seats(const Tree& tree, std::uint32_t item);

}  // namespace hop::yaml
