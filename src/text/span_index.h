#pragma once
// Which of many spans of one file a place lies in. Filled once, then asked; knows nothing of what the spans stand for.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "text/span.h"

namespace hop {

/// Spans with a value each. Add, seal, then ask: what a question takes grows with the answer and the logarithm of all there are.
template <class T>
class SpanIndex {
 public:
  /// An empty span holds the place it begins at.
  void add(Span span, T value) { spans_.push_back({span.begin, std::max(span.end, span.begin + 1), std::move(value)}); }

  /// Once, after the last was added.
  void seal() {
    std::ranges::stable_sort(spans_, {}, &Entry::begin);
    const std::size_t leaves = std::bit_ceil(spans_.size() + 1);
    last_end_.assign(2 * leaves, 0);
    for (std::size_t i = 0; i < spans_.size(); ++i) last_end_[leaves + i] = spans_[i].end;
    for (std::size_t i = leaves - 1; i > 0; --i) last_end_[i] = std::max(last_end_[2 * i], last_end_[2 * i + 1]);
  }

  /// Calls `visit` with the value of each span that holds `place`.
  template <class Visit>
  void each_at(std::uint32_t place, Visit visit) const {
    if (!last_end_.empty()) look(1, 0, last_end_.size() / 2, place, visit);
  }

 private:
  struct Entry {
    std::uint32_t begin, end;
    T value;
  };

  /// `node` of the tree is for `size` entries from `first`.
  template <class Visit>
  void look(std::size_t node, std::size_t first, std::size_t size, std::uint32_t place, Visit& visit) const {
    if (last_end_[node] <= place || spans_[first].begin > place) return;
    if (size == 1) return visit(spans_[first].value);
    look(2 * node, first, size / 2, place, visit);
    look(2 * node + 1, first + size / 2, size / 2, place, visit);
  }

  std::vector<Entry> spans_;             ///< by begin
  std::vector<std::uint32_t> last_end_;  ///< a binary tree: of each half the largest end
};

}  // namespace hop
