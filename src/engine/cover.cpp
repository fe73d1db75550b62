#include "engine/cover.h"

#include <algorithm>

namespace hop {
namespace {

constexpr auto none = std::string_view::npos;

std::uint32_t narrow(std::size_t offset) { return static_cast<std::uint32_t>(offset); }

bool is_dash(std::string_view text, std::uint32_t at) {
  return text[at] == '-' && (at + 1 == text.size() || std::string_view(" \t\r\n").find(text[at + 1]) != none);
}

/// Whether item `wanted` is a key of the mapping it lies in.
bool is_mapping_key(const yaml::Tree& tree, std::uint32_t wanted) {
  std::uint32_t parent = 0;
  while (true) {
    std::uint32_t child = parent + 1;
    bool is_key = tree.items[parent].type == yaml::NodeType::mapping;
    const bool in_mapping = is_key;
    while (tree.next(child) <= wanted) {
      child = tree.next(child);
      is_key = in_mapping && !is_key;
    }
    if (child == wanted) return is_key;
    parent = child;
  }
}

Range item_range(const yaml::Tree& tree, std::uint32_t index) {
  const yaml::Item& item = tree.items[index];
  if (!is_mapping_key(tree, index)) return {item.begin, item.end};
  return {item.begin, std::max(item.end, tree.items[tree.next(index)].end)};
}

}  // namespace

bool begins_line(std::string_view text, std::uint32_t offset) {
  while (offset > 0 && (text[offset - 1] == ' ' || text[offset - 1] == '\t')) --offset;
  return offset == 0 || text[offset - 1] == '\n' || text[offset - 1] == '\r';
}

std::optional<std::uint32_t> next_content(std::string_view text, std::uint32_t offset) {
  std::size_t at = text.find_first_of("\r\n", offset);
  while (at != none) {
    at = text.find_first_not_of(" \t\r\n", at);
    if (at == none) break;
    if (text[at] != '#') return narrow(at);
    at = text.find_first_of("\r\n", at);
  }
  return std::nullopt;
}

Range line_range(std::string_view text, std::uint32_t offset) {
  const std::size_t before = offset == 0 ? none : text.find_last_of("\r\n", offset - 1);
  return {before == none ? 0 : narrow(before + 1), narrow(std::min(text.find_first_of("\r\n", offset), text.size()))};
}

Range block_range(const yaml::Tree& tree, std::uint32_t content) {
  const Range line = line_range(tree.source, content);
  if (!tree.problems.empty()) return line;  // what is left of a broken document is not all that stands there
  const std::uint32_t from = is_dash(tree.source, content) ? content + 1 : content;
  // Items stand in source order, so the first that begins there is the outermost; a mapping begins where its first key does.
  const auto begin = tree.items.begin();
  auto found = std::lower_bound(begin, tree.items.end(), from, [](const yaml::Item& item, std::uint32_t at) { return item.begin < at; });
  if (found == tree.items.end() || found->begin > line.end) return line;
  if (found == begin) return {0, narrow(tree.source.size())};
  if (from != content) return item_range(tree, narrow(static_cast<std::size_t>(found - begin)));
  while (found + 1 != tree.items.end() && (found + 1)->begin == found->begin) ++found;
  return item_range(tree, narrow(static_cast<std::size_t>(found - begin)));
}

}  // namespace hop
