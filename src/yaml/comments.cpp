#include "yaml/comments.h"

#include <cstring>

#include "yaml/lines.h"

namespace hop::yaml {
namespace {

std::size_t find_hash(std::string_view text, std::size_t from) {
  if (from >= text.size()) return text.size();
  const void* found = std::memchr(text.data() + from, '#', text.size() - from);
  return found == nullptr ? text.size() : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

bool is_leaf(const Item& item) { return item.type == NodeType::scalar || item.type == NodeType::alias; }

/// Whether a `#` outside scalars begins a comment: not inside a directive's value. The parser also takes one that touches a closing
/// quote or a bracket.
bool opens_comment(std::string_view text, std::size_t at) {
  return is_line_begin(text, at) || std::string_view(" \t,[]{}\"'").find(text[at - 1]) != std::string_view::npos;
}

/// The end of a block scalar's first line, where a comment may stand; of any other scalar its begin.
std::size_t header_end(std::string_view text, const Item& leaf) {
  const bool block = leaf.type == NodeType::scalar && (leaf.style == Style::literal || leaf.style == Style::folded);
  return block ? line_end(text, leaf.begin) : leaf.begin;
}

}  // namespace

void collect_comments(Tree& tree) {
  const std::string_view text = tree.source;
  std::size_t leaf = 0;
  std::size_t at = find_hash(text, 0);
  while (at < text.size()) {
    while (leaf < tree.items.size() && (!is_leaf(tree.items[leaf]) || tree.items[leaf].end <= at)) ++leaf;
    const bool inside = leaf < tree.items.size() && tree.items[leaf].begin <= at && at >= header_end(text, tree.items[leaf]);
    if (inside) {
      at = find_hash(text, tree.items[leaf].end);
    } else if (!opens_comment(text, at)) {
      at = find_hash(text, at + 1);
    } else {
      const std::size_t end = line_end(text, at);
      tree.comments.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
      at = find_hash(text, end);
    }
  }
}

}  // namespace hop::yaml
