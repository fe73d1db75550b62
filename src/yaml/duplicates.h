#pragma once
// Finds keys that occur more than once in a mapping. Knows nothing of the parser.

#include <vector>

#include "yaml/tree.h"

namespace hop::yaml {

/// Whether this key of a mapping is a merge key: a plain `<<` without a tag, or one tagged `!!merge`.
bool is_merge_key(const Tree& tree, std::uint32_t key);

/// Text of a scalar item.
inline std::string_view scalar_text(const Tree& tree, const Item& item) {
  const char* from = (item.flags & in_scratch) != 0 ? tree.scratch.data() : tree.source.data();
  return {from + item.data, item.size};
}

/// Keeps its memory between mappings.
class DuplicateFinder {
 public:
  /// Appends to tree.duplicates. The mapping and all below it must be complete.
  void check(Tree& tree, std::uint32_t mapping);

 private:
  struct Key {
    std::uint64_t hash;
    std::uint32_t item;
  };
  void collect(const Tree& tree, std::uint32_t mapping);
  void check_few(Tree& tree) const;
  void check_many(Tree& tree);

  std::vector<Key> keys_;
};

}  // namespace hop::yaml
