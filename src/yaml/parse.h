#pragma once
// Text to documents. The parser library lives behind parse.cpp only; it throws nothing and never fails as a whole: what is wrong is in
// each Tree's problems.

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "yaml/tree.h"

namespace hop::yaml {

/// A piece of a file between document markers. Offsets are of the file's text.
struct Chunk {
  /// Content, without the `---` before it and the marker line behind it. A comment on the marker line is part of it, and so is the whole
  /// marker line if directives stand above it: the parser must see both.
  std::uint32_t begin = 0, end = 0;
  std::uint32_t marker_begin = 0, marker_end = 0;  ///< the `---` line that opens it, without line end; equal if there is none
  /// Text on the marker line behind `---` that is neither blank nor a comment. To YAML it is content (`--- {a: 1}`), but kubectl drops
  /// it, and so do we. Equal if there is none.
  std::uint32_t stray_begin = 0, stray_end = 0;
};

/// Cuts at lines that begin with `---` followed by white space or the end of the line, and at `...` with nothing but a comment behind.
/// A chunk of only directives joins the next; one that is blank and has no marker is left out. YAML forbids these markers inside any
/// scalar, so this is exact on valid input and a recovery point on broken input. Source: YAML 1.2.2 section 9.1.
std::vector<Chunk> split(std::string_view text);

/// Parses documents one after another and keeps its buffers between them: for many small documents that is half of the work. One thread
/// at a time.
class DocumentParser {
 public:
  DocumentParser();
  ~DocumentParser();
  /// Parses one chunk's text; a second document in it is a problem. `owner` keeps the text alive and is stored in the tree. Linear.
  std::shared_ptr<const Tree> parse(std::string_view text, std::shared_ptr<const void> owner, const Limits& limits = {});
  /// The same without the fast reader (fast.h), which must agree: for tests and measurements.
  std::shared_ptr<const Tree> parse_with_library(std::string_view text, std::shared_ptr<const void> owner, const Limits& limits = {});

 private:
  struct Buffers;
  std::unique_ptr<Buffers> buffers_;
};

/// The same for a single document.
std::shared_ptr<const Tree> parse(std::string_view text, std::shared_ptr<const void> owner, const Limits& limits = {});

}  // namespace hop::yaml
