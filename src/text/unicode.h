#pragma once
// UTF-8 in small pieces: validity, code points, terminal width, escapes. Knows nothing of files.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hop {

struct CodePoint {
  char32_t value = 0;       ///< U+FFFD for an invalid byte
  std::uint8_t length = 1;  ///< bytes, 1 for an invalid byte
  bool valid = true;
};

/// Decodes the character at `offset`, which must be below text.size(). Overlong forms and surrogates are invalid.
CodePoint code_point_at(std::string_view text, std::size_t offset);
void append_utf8(std::string& out, char32_t value);

/// Offset of the first byte that is not valid UTF-8; nothing if all is.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);
/// How many bytes at the start are ASCII.
std::size_t ascii_prefix(std::string_view text);
bool is_ascii(std::string_view text);
/// Whether no character reaches over `offset`; an invalid byte is a character of its own. False beyond the end.
bool is_character_boundary(std::string_view text, std::size_t offset);

/// Terminal cells of one character: 0 combining and format characters, 2 wide ones, else 1. Not for tabs and controls.
unsigned cell_width(char32_t value);

/// Controls (C0 but tab if `keep_tab`, DEL, C1, bidi marks, line and paragraph separators) and invalid bytes as visible escapes:
/// `\x1b`, `\n`, `\u202e`.
std::string escape_controls(std::string_view text, bool keep_tab = false);
/// Whether escape_controls() shows this character as an escape.
bool is_escaped(const CodePoint& character, bool keep_tab = false);

}  // namespace hop
