#include "support/pairing.h"

#include <algorithm>

namespace hop {
namespace {

constexpr auto nobody = static_cast<std::size_t>(-1);

/// Augmenting paths (Kuhn's algorithm).
struct Matcher {
  const std::function<bool(std::size_t, std::size_t)>& fits;
  std::vector<std::size_t> left_of;  ///< by right
  std::vector<bool> tried;           ///< by right

  bool place(std::size_t left) {
    for (std::size_t right = 0; right < left_of.size(); ++right) {
      if (tried[right] || !fits(left, right)) continue;
      tried[right] = true;
      if (left_of[right] == nobody || place(left_of[right])) {
        left_of[right] = left;
        return true;
      }
    }
    return false;
  }
};

}  // namespace

Pairing pair_up(std::size_t left, std::size_t right, const std::function<bool(std::size_t, std::size_t)>& fits) {
  Matcher matcher{fits, std::vector<std::size_t>(right, nobody), {}};
  Pairing result;
  for (std::size_t one = 0; one < left; ++one) {
    matcher.tried.assign(right, false);
    if (!matcher.place(one)) result.left_over.push_back(one);
  }
  for (std::size_t other = 0; other < right; ++other) {
    if (matcher.left_of[other] == nobody) {
      result.right_over.push_back(other);
    } else {
      result.pairs.emplace_back(matcher.left_of[other], other);
    }
  }
  std::sort(result.pairs.begin(), result.pairs.end());
  return result;
}

}  // namespace hop
