#pragma once
// What a scalar of a tree becomes on its way to JSON: by its tag, its style and its text. Knows nothing of places in files.

#include <cstdint>

#include "yaml/resolve.h"
#include "yaml/tree.h"

namespace hop::yaml {

/// Anchor and tag of an item; null if it has none.
const Property* find_property(const Tree& tree, std::uint32_t item);

Meaning meaning_of(const Tree& tree, std::uint32_t scalar);

/// Fills in is_null_text. Its text and its property must be in the tree.
inline void note_null(Tree& tree, std::uint32_t scalar) {
  Item& item = tree.items[scalar];
  const bool known = (item.flags & has_property) == 0;
  const bool null = known ? item.style == Style::plain && is_plain_null(tree.text(item)) : meaning_of(tree, scalar) == Meaning::null;
  item.flags &= in_scratch | has_property;
  if (null) item.flags |= is_null_text;
}

}  // namespace hop::yaml
