#include "text/line_diff.h"

#include <algorithm>
#include <cstdint>

namespace hop {
namespace {

using Lines = std::span<const std::string_view>;

/// Beyond that many lines taken away and added together the search gives up: it needs their square in memory.
constexpr std::int64_t most_differences = 2000;

std::size_t common_prefix(Lines a, Lines b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

std::size_t common_suffix(Lines a, Lines b) {
  return static_cast<std::size_t>(std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin());
}

/// E. W. Myers, "An O(ND) difference algorithm and its variations", 1986: for each number of differences, how far one gets on each
/// diagonal.
class Search {
 public:
  Search(Lines a, Lines b) : a_(a), b_(b) {}

  std::vector<LineChange> run() {
    const std::int64_t most = std::min<std::int64_t>(most_differences, size(a_) + size(b_));
    for (std::int64_t differences = 0; differences <= most; ++differences) {
      if (advance(differences)) return trace_back(differences);
    }
    return {{0, a_.size(), 0, b_.size()}};
  }

 private:
  static std::int64_t size(Lines lines) { return static_cast<std::int64_t>(lines.size()); }

  /// How far `differences` differences reach on a diagonal, which lies between minus and plus their number.
  std::int64_t reach(std::int64_t differences, std::int64_t diagonal) const {
    if (differences < 0 || diagonal < -differences || diagonal > differences) return -1;
    return reached_[static_cast<std::size_t>(differences)][static_cast<std::size_t>(diagonal + differences)];
  }

  /// Whether the best way there takes a line of `b` in rather than one of `a` away.
  bool is_addition(std::int64_t differences, std::int64_t diagonal) const {
    return reach(differences - 1, diagonal + 1) > reach(differences - 1, diagonal - 1);
  }

  /// Where the last difference on the way ends, before equal lines are followed; -1 where no way leads.
  std::int64_t start_of(std::int64_t differences, std::int64_t diagonal) const {
    if (differences == 0) return 0;
    if (is_addition(differences, diagonal)) return reach(differences - 1, diagonal + 1);
    const std::int64_t before = reach(differences - 1, diagonal - 1);
    return before < 0 ? -1 : before + 1;
  }

  /// Whether the ends of both texts are reached.
  bool advance(std::int64_t differences) {
    std::vector<std::int64_t> row(static_cast<std::size_t>(2 * differences + 1), -1);
    for (std::int64_t diagonal = -differences; diagonal <= differences; diagonal += 2) {
      std::int64_t x = start_of(differences, diagonal);
      if (x < 0 || x > size(a_) || x - diagonal < 0 || x - diagonal > size(b_)) continue;
      const Lines rest_a = a_.subspan(static_cast<std::size_t>(x)), rest_b = b_.subspan(static_cast<std::size_t>(x - diagonal));
      x += static_cast<std::int64_t>(common_prefix(rest_a, rest_b));
      row[static_cast<std::size_t>(diagonal + differences)] = x;
      if (x == size(a_) && x - diagonal == size(b_)) {
        reached_.push_back(std::move(row));
        return true;
      }
    }
    reached_.push_back(std::move(row));
    return false;
  }

  std::vector<LineChange> trace_back(std::int64_t differences) const {
    std::vector<LineChange> changes;  // the last first
    std::int64_t diagonal = size(a_) - size(b_);
    for (; differences > 0; --differences) {
      const bool addition = is_addition(differences, diagonal);
      const std::int64_t x = start_of(differences, diagonal);
      const auto end = static_cast<std::size_t>(x), new_end = static_cast<std::size_t>(x - diagonal);
      LineChange one{addition ? end : end - 1, end, addition ? new_end - 1 : new_end, new_end};
      if (!changes.empty() && changes.back().begin == one.end && changes.back().new_begin == one.new_end) {
        one.end = changes.back().end;
        one.new_end = changes.back().new_end;
        changes.pop_back();
      }
      changes.push_back(one);
      diagonal += addition ? 1 : -1;
    }
    std::reverse(changes.begin(), changes.end());
    return changes;
  }

  Lines a_, b_;
  std::vector<std::vector<std::int64_t>> reached_;  ///< by number of differences, then by diagonal; -1: cannot be
};

}  // namespace

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

std::vector<LineChange> line_changes(Lines before, Lines after) {
  const std::size_t skipped = common_prefix(before, after);
  before = before.subspan(skipped);
  after = after.subspan(skipped);
  const std::size_t tail = common_suffix(before, after);
  std::vector<LineChange> changes;
  if (before.size() > tail || after.size() > tail)
    changes = Search(before.first(before.size() - tail), after.first(after.size() - tail)).run();
  for (LineChange& change : changes) {
    for (std::size_t* line : {&change.begin, &change.end, &change.new_begin, &change.new_end}) *line += skipped;
  }
  return changes;
}

}  // namespace hop
