#pragma once
// What a comment speaks of: its line, or the block below it. Places only; knows nothing of suppressions or rules.

#include <cstdint>
#include <optional>
#include <string_view>

#include "yaml/tree.h"

namespace hop {

/// Half-open, in the offsets of the tree's source.
struct Range {
  std::uint32_t begin = 0, end = 0;
};

/// Whether nothing but blanks stands before `offset` on its line.
bool begins_line(std::string_view text, std::uint32_t offset);

/// Start of what stands on the first line below `offset` that holds more than blanks and a comment; nothing if there is none.
std::optional<std::uint32_t> next_content(std::string_view text, std::uint32_t offset);

/// The line that holds `offset`.
Range line_range(std::string_view text, std::uint32_t offset);

/// The block that begins at `content`, the first character on its line that is not blank: the whole text for the document's first key, a
/// list item for its dash, else a key with its value. The line alone where no tree stands there.
Range block_range(const yaml::Tree& tree, std::uint32_t content);

}  // namespace hop
