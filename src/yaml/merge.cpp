#include "yaml/merge.h"

#include <algorithm>

#include "yaml/keys.h"

namespace hop::yaml {
namespace {

constexpr std::size_t most_sources = 1000;

/// Pushes the mappings that the merge keys of `mapping` name, the first one last: a stack for a walk in order of strength.
void push_sources(const Tree& tree, std::uint32_t mapping, std::vector<std::uint32_t>& stack) {
  const std::size_t begin = stack.size();
  const auto push = [&](std::uint32_t item) {
    item = resolve_alias(tree, item);
    if (tree.items[item].type == NodeType::mapping && stack.size() - begin < most_sources) stack.push_back(item);
  };
  const Item* const items = tree.items.data();
  for (std::uint32_t key = mapping + 1; key < items[mapping].data; key = next_of(items, next_of(items, key))) {
    if (!is_merge_key(tree, key)) continue;
    const std::uint32_t value = resolve_alias(tree, next_of(items, key));
    push(value);
    if (items[value].type != NodeType::sequence) continue;
    for (std::uint32_t item = value + 1; item < items[value].data; item = next_of(items, item)) push(item);
  }
  std::reverse(stack.begin() + static_cast<std::ptrdiff_t>(begin), stack.end());
}

}  // namespace

bool resolves_to(const Tree& tree, const Item& key, std::string_view text) {
  const Item& scalar = key.type == NodeType::alias ? tree.items[key.data] : key;
  return scalar.type == NodeType::scalar && tree.text(scalar) == text;
}

std::uint32_t find_last_value(const Tree& tree, std::uint32_t mapping, const Key& key) {
  const Item* const items = tree.items.data();
  const bool merges = (items[mapping].flags & has_merge) != 0;
  std::uint32_t found = 0;
  for (std::uint32_t at = mapping + 1; at < items[mapping].data; at = next_of(items, next_of(items, at))) {
    if (items[at].key_byte() != key.byte() || !has_text(tree, items[at], key.text())) continue;
    if (!merges || !is_merge_key(tree, at)) found = next_of(items, at);
  }
  return found;
}

std::uint32_t resolve_alias(const Tree& tree, std::uint32_t item) {
  return tree.items[item].type == NodeType::alias ? tree.items[item].data : item;
}

std::vector<std::uint32_t> merged_mappings(const Tree& tree, std::uint32_t mapping) {
  std::vector<std::uint32_t> result, stack;
  push_sources(tree, mapping, stack);
  for (std::size_t looked = 0; !stack.empty() && looked < most_sources; ++looked) {
    const std::uint32_t source = stack.back();
    stack.pop_back();
    if (std::find(result.begin(), result.end(), source) != result.end()) continue;
    result.push_back(source);
    if ((tree.items[source].flags & has_merge) != 0) push_sources(tree, source, stack);
  }
  return result;
}

}  // namespace hop::yaml
