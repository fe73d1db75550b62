#pragma once
// Merge keys: which mappings a mapping takes pairs from. Knows nothing of nodes.
// Source: yaml.org/type/merge.html. Explicit keys win, then earlier sources.

#include <string_view>
#include <vector>

#include "yaml/key.h"
#include "yaml/tree.h"

namespace hop::yaml {

/// Mappings merged into this one, those merged into them included, the strongest first; each once. Looks at no more than 1,000.
std::vector<std::uint32_t> merged_mappings(const Tree& tree, std::uint32_t mapping);

/// Item of the value that belongs to a scalar key of the mapping itself, the last of duplicates; 0 (the root is no value) if none.
std::uint32_t find_value(const Tree& tree, std::uint32_t mapping, const Key& key);

/// The item itself or, for an alias, the one it stands for.
std::uint32_t resolve_alias(const Tree& tree, std::uint32_t item);

}  // namespace hop::yaml
