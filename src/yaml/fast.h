#pragma once
// A reader for the shapes that manifests have, many times faster than the parser library. Never says what is wrong: it leaves that, and
// everything it is not sure of, to the library.

#include <memory>
#include <string_view>

#include "yaml/tree.h"

namespace hop::yaml {

/// Keeps its memory between documents. One thread at a time.
class FastReader {
 public:
  FastReader();
  ~FastReader();
  /// The tree that the parser library gives for this text, or null: the text is not valid, or has something that is rare in manifests
  /// (`? ` keys, collections and aliases as keys, directives, tabs as indentation, line ends other than LF and CR LF, a byte order mark).
  /// Linear. `owner` keeps the text alive and is stored in the tree.
  std::shared_ptr<const Tree> read(std::string_view text, const std::shared_ptr<const void>& owner, const Limits& limits = {});

 private:
  struct Buffers;
  std::unique_ptr<Buffers> buffers_;
};

/// The same for a single document.
std::shared_ptr<const Tree> read_fast(std::string_view text, const std::shared_ptr<const void>& owner, const Limits& limits = {});

}  // namespace hop::yaml
