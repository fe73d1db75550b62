#pragma once
// Where in a document a place is, told from its lines alone: while somebody types, it seldom parses. Block style only.
// Knows nothing of kinds.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hop::lsp {

struct TextPath {
  /// Keys from the document's root down to the place; "[]" for a list's item. The last is the key whose value is written, or "" for one
  /// that is a key itself still.
  std::vector<std::string> keys;
  std::uint32_t begin = 0, end = 0;  ///< of the whole word
  bool on_key = false;               ///< no colon stands behind it
  bool in_comment = false;
  /// Values of plain keys in the mapping around the place, and in those around it: "host: cart" beside "subset:".
  struct Sibling {
    std::size_t depth = 0;  ///< number of keys above it
    std::string key, value;
  };
  std::vector<Sibling> siblings;
  std::string kind, ns;  ///< of the document: its `kind:`, and the namespace in its metadata

  std::string joined() const;
  /// Of the mapping with this many keys above it; "" if it is not written.
  std::string_view sibling(std::size_t depth, std::string_view key) const;
};

TextPath text_path(std::string_view text, std::uint32_t offset);

}  // namespace hop::lsp
