#pragma once
// Where something stands: a half-open byte range of a file's decoded text.
// Knows nothing of lines, columns, encodings or YAML.

#include <compare>
#include <cstdint>

namespace hop {

/// Names one immutable version of a file inside a `Sources` table (text/file.h).
enum class FileId : std::uint32_t {};
inline constexpr FileId no_file{0xffffffffU};

/// Offsets are bytes of the decoded UTF-8 text, half-open, `begin <= end`.
struct Span {
  FileId file = no_file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  /// Whether this place lies in a file at all.
  explicit operator bool() const { return file != no_file; }
  friend auto operator<=>(const Span&, const Span&) = default;
};

}  // namespace hop
