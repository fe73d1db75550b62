#pragma once
// Which lines of a text became which of another. Lines end with "\n", which is part of them.
// Knows nothing of how a difference is written down.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace hop {

/// Lines [begin, end) of the old text became lines [new_begin, new_end) of the new one; one of the two may be empty.
struct LineChange {
  std::size_t begin = 0, end = 0;
  std::size_t new_begin = 0, new_end = 0;
  friend bool operator==(const LineChange&, const LineChange&) = default;
};

/// Each with its "\n"; the last may lack it.
std::vector<std::string_view> split_lines(std::string_view text);

/// In order, never adjacent. The fewest lines possible, unless the texts differ in thousands: then one change may cover some that are
/// the same.
std::vector<LineChange> line_changes(std::span<const std::string_view> before, std::span<const std::string_view> after);

}  // namespace hop
