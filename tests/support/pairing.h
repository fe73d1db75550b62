#pragma once
// Pairs two lists one to one, as many as can be paired: a text that fits two findings must not take the one another text needs.
// Knows nothing of what is paired.

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace hop {

struct Pairing {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  ///< by position in the left list
  std::vector<std::size_t> left_over, right_over;
};

/// Largest matching of 0 … `left` - 1 with 0 … `right` - 1 where `fits` allows a pair. Cubic: for the handful of one fixture.
Pairing pair_up(std::size_t left, std::size_t right, const std::function<bool(std::size_t, std::size_t)>& fits);

}  // namespace hop
