#include "support/tree_difference.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "text/format.h"
#include "yaml/keys.h"

namespace hop::yaml {
namespace {

std::string describe(const Tree& tree, std::uint32_t node) {
  const Item& item = tree.items[node];
  const std::string_view text = item.type == NodeType::scalar ? tree.text(item) : std::string_view();
  const std::uint32_t flags = item.type == NodeType::scalar ? item.flags & ~in_scratch : item.flags;
  const std::uint32_t data = item.type == NodeType::alias ? item.data : 0;
  return format("[{}, {}) next {} count {} mask {} data {} type {} style {} flags {} `{}`", item.begin, item.end, tree.next(node),
                item.type == NodeType::sequence ? item.count() : 0, item.type == NodeType::mapping ? item.key_mask() : 0, data,
                static_cast<int>(item.type), static_cast<int>(item.style), flags, text);
}

std::string describe(const Property& property) {
  return format("{} [{}, {}) &{} {}", property.node, property.begin, property.end, property.anchor, property.tag);
}
std::string describe(const Comment& comment) { return format("[{}, {})", comment.begin, comment.end); }
std::string describe(const DuplicateKey& duplicate) { return format("{} {}", duplicate.key, duplicate.first); }

template <class T>
std::string list_difference(std::string_view what, const RareVector<T>& expected, const RareVector<T>& found) {
  if (expected.size() != found.size()) return format("{} {} expected, {} found", expected.size(), what, found.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::string a = describe(expected[i]), b = describe(found[i]);
    if (a != b) return format("{} {}: expected {}, found {}", what, i, a, b);
  }
  return "";
}

}  // namespace

std::string tree_difference(const Tree& expected, const Tree& found) {
  for (std::uint32_t i = 0; i < std::min(expected.items.size(), found.items.size()); ++i) {
    const std::string a = describe(expected, i), b = describe(found, i);
    if (a != b) return format("item {}: expected {}, found {}", i, a, b);
  }
  if (expected.items.size() != found.items.size()) {
    return format("{} items expected, {} found", expected.items.size(), found.items.size());
  }
  std::string difference = list_difference("properties", expected.properties, found.properties);
  if (difference.empty()) difference = list_difference("comments", expected.comments, found.comments);
  if (difference.empty()) difference = list_difference("duplicates", expected.duplicates, found.duplicates);
  return difference;
}

}  // namespace hop::yaml
