#include "text/words.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace hop {
namespace {

constexpr std::string_view blanks = " \t\r\n\v\f";

char lower_char(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Three rows of the distance table suffice; cells further than `limit` from the diagonal cannot matter and stay at `limit + 1`.
class DistanceTable {
 public:
  DistanceTable(std::string_view a, std::string_view b, unsigned limit) : a_(a), b_(b), limit_(limit) {
    for (auto& row : rows_) row.assign(b.size() + 1, limit + 1);
    for (std::size_t j = 0; j <= std::min<std::size_t>(b.size(), limit); ++j) rows_[0][j] = static_cast<unsigned>(j);
  }

  unsigned distance() {
    for (std::size_t i = 1; i <= a_.size(); ++i) {
      if (fill_row(i) > limit_) return limit_ + 1;
    }
    return rows_[a_.size() % 3][b_.size()];
  }

 private:
  /// Returns the row's smallest cell: no later cell can be below it.
  unsigned fill_row(std::size_t i) {
    auto& row = rows_[i % 3];
    const std::size_t first = i > limit_ ? i - limit_ : 0;
    const std::size_t last = std::min(b_.size(), i + limit_);
    unsigned smallest = limit_ + 1;
    for (std::size_t j = first; j <= last; ++j) smallest = std::min(smallest, row[j] = cell(i, j));
    if (first > 0) row[first - 1] = limit_ + 1;  // left over from three rows above
    return smallest;
  }

  unsigned cell(std::size_t i, std::size_t j) const {
    const auto& row = rows_[i % 3];
    const auto& above = rows_[(i + 2) % 3];
    unsigned best = std::min(limit_, above[j]) + 1;
    if (j == 0) return best;
    if (j + limit_ > i) best = std::min(best, row[j - 1] + 1);
    best = std::min(best, above[j - 1] + (a_[i - 1] == b_[j - 1] ? 0U : 1U));
    if (i > 1 && j > 1 && a_[i - 1] == b_[j - 2] && a_[i - 2] == b_[j - 1]) best = std::min(best, rows_[(i + 1) % 3][j - 2] + 1);
    return std::min(best, limit_ + 1);
  }

  std::string_view a_, b_;
  unsigned limit_;
  std::array<std::vector<unsigned>, 3> rows_;
};

}  // namespace

unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit) {
  const std::size_t longest = std::max(a.size(), b.size());
  if (longest - std::min(a.size(), b.size()) > limit) return limit + 1;
  if (limit > longest) limit = static_cast<unsigned>(longest);
  return DistanceTable(a, b, limit).distance();
}
