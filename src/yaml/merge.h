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

/// find_value() where keys are repeated or merged.
std::uint32_t find_last_value(const Tree& tree, std::uint32_t mapping, const Key& key);
/// Whether the scalar that the item is, or stands for, has the text.
bool resolves_to(const Tree& tree, const Item& key, std::string_view text);

/// Whether the key of this item has the text, itself or through an alias.
inline bool has_text(const Tree& tree, const Item& key, std::string_view text) {
  if (key.type != NodeType::scalar || (key.flags & in_scratch) != 0) return resolves_to(tree, key, text);
  return same_short_text(tree.text(key), text);
}

/// Item of the value that belongs to a scalar key of the mapping itself, the last of duplicates; 0 (the root is no value) if none.
/// Inline: half a million times in a run over 5,000 files.
inline std::uint32_t find_value(const Tree& tree, std::uint32_t mapping, const Key& key) {
  const Item* const items = tree.items.data();
  if ((items[mapping].flags & (has_merge | has_duplicates)) != 0) return find_last_value(tree, mapping, key);
  const std::uint32_t end = items[mapping].data;
  for (std::uint32_t at = mapping + 1; at < end; at = next_of(items, next_of(items, at))) {
    if (items[at].key_byte() == key.byte() && has_text(tree, items[at], key.text())) return next_of(items, at);
  }
  return 0;
}

/// The item itself or, for an alias, the one it stands for.
std::uint32_t resolve_alias(const Tree& tree, std::uint32_t item);

}  // namespace hop::yaml
