#pragma once
// Merge keys: which mappings a mapping takes pairs from. Knows nothing of nodes.
// Source: yaml.org/type/merge.html. Explicit keys win, then earlier sources.

#include <string_view>
#include <vector>

#include "text/short_text.h"
#include "yaml/key.h"
#include "yaml/keys.h"
#include "yaml/tree.h"

namespace hop::yaml {

/// Mappings merged into this one, those merged into them included, the strongest first; each once. Looks at no more than 1,000.
std::vector<std::uint32_t> merged_mappings(const Tree& tree, std::uint32_t mapping);

/// Whether the key of this item has the text, itself or through an alias.
inline bool has_text(const Tree& tree, const Item& key, std::string_view text) {
  const Item& scalar = key.type == NodeType::alias ? tree.items[key.data] : key;
  return scalar.type == NodeType::scalar && same_short_text(tree.text(scalar), text);
}

/// Item of the value that belongs to a scalar key of the mapping itself, the last of duplicates; 0 (the root is no value) if none.
/// Inline: half a million times in a run over 5,000 files.
inline std::uint32_t find_value(const Tree& tree, std::uint32_t mapping, const Key& key) {
  const Item* const items = tree.items.data();
  const std::uint32_t end = items[mapping].data;
  const std::uint32_t flags = items[mapping].flags;
  std::uint32_t found = 0;
  for (std::uint32_t at = mapping + 1; at < end; at = next_of(items, next_of(items, at))) {
    if (items[at].key_byte() != key.byte() || !has_text(tree, items[at], key.text())) continue;
    if ((flags & (has_merge | has_duplicates)) == 0) return next_of(items, at);
    if ((flags & has_merge) == 0 || !is_merge_key(tree, at)) found = next_of(items, at);  // the last one counts
  }
  return found;
}

/// The item itself or, for an alias, the one it stands for.
std::uint32_t resolve_alias(const Tree& tree, std::uint32_t item);

}  // namespace hop::yaml
