#pragma once
// What a mapping that is complete keeps of its keys, so that they are found quickly, and those that occur more than once.
// Knows nothing of the parser.

#include <cstdint>
#include <string_view>
#include <vector>

#include "yaml/tree.h"

namespace hop::yaml {

/// Whether this key of a mapping is a merge key: a plain `<<` without a tag, or one tagged `!!merge`.
bool is_merge_key(const Tree& tree, std::uint32_t key);

/// Text of the scalar that a mapping's key is, or stands for as an alias; "" for a collection.
std::string_view key_text(const Tree& tree, std::uint32_t key);

/// Keeps its memory between mappings.
class KeyFiler {
 public:
  /// Fills in key_byte() of the keys and the mapping's mask, and appends to tree.duplicates. The mapping and all below it must be
  /// complete, and has_merge set where it belongs.
  void file(Tree& tree, std::uint32_t mapping);

 private:
  struct Filed {
    std::uint64_t hash;
    std::uint32_t item;
  };
  bool find_duplicates(Tree& tree, std::uint32_t mapping);
  void find_among_few(Tree& tree) const;
  void find_among_many(Tree& tree);

  std::vector<Filed> keys_;
};

}  // namespace hop::yaml
