#include "support/pairing.h"

#include <algorithm>
#include <optional>

namespace hop {
namespace {

/// Augmenting paths (Kuhn's algorithm).
struct Matcher {
  const std::function<bool(std::size_t, std::size_t)>& fits;
  std::vector<std::optional<std::size_t>> left_of;  ///< by right
  std::vector<bool> tried;                          ///< by right

  bool place(std::size_t left) {
    for (std::size_t right = 0; right < left_of.size(); ++right) {
      if (tried[right] || !fits(left, right)) continue;
      tried[right] = true;
      if (!left_of[right] || place(*left_of[right])) {
        left_of[right] = left;
        return true;
      }
    }
    return false;
  }
};

}  // namespace

Pairing pair_up(std::size_t left, std::size_t right, const std::function<bool(std::size_t, std::size_t)>& fits) {
  Matcher matcher{fits, std::vector<std::optional<std::size_t>>(right), {}};
  Pairing result;
  for (std::size_t one = 0; one < left; ++one) {
    matcher.tried.assign(right, false);
    if (!matcher.place(one)) result.left_over.push_back(one);
  }
  for (std::size_t other = 0; other < right; ++other) {
    if (const auto one = matcher.left_of[other]) {
      result.pairs.emplace_back(*one, other);
    } else {
      result.right_over.push_back(other);
    }
  }
  std::sort(result.pairs.begin(), result.pairs.end());
  return result;
}

}  // namespace hop
