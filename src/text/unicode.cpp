#include "text/unicode.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "text/format.h"

namespace hop {
namespace {

constexpr char32_t replacement = 0xfffd;

std::uint8_t byte_at(std::string_view text, std::size_t offset) { return static_cast<std::uint8_t>(text[offset]); }

bool is_continuation(std::uint8_t byte) { return (byte & 0xc0) == 0x80; }

/// What a first byte promises; length 0 for bytes that cannot come first.
struct Lead {
  std::uint8_t length;
  std::uint8_t bits;
  char32_t smallest;  ///< below it the form is overlong
};

Lead lead_of(std::uint8_t byte) {
  if ((byte & 0xe0) == 0xc0) return {2, 0x1f, 0x80};
  if ((byte & 0xf0) == 0xe0) return {3, 0x0f, 0x800};
  if ((byte & 0xf8) == 0xf0) return {4, 0x07, 0x10000};
  return {0, 0, 0};
}

bool is_scalar_value(char32_t value) { return value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff); }

/// Marks that reorder text, and the two separators that some programs take for line ends: they make a terminal or a review
/// show something else than what is there.
bool is_deceptive(char32_t value) {
  return value == 0x061c || value == 0x200e || value == 0x200f || (value >= 0x2028 && value <= 0x202e) ||
         (value >= 0x2066 && value <= 0x2069);
}

void append_escape(std::string& out, std::string_view piece, const CodePoint& character) {
  if (!character.valid) {
    out += format("\\x{:02x}", byte_at(piece, 0));
  } else if (character.value == '\n') {
    out += "\\n";
  } else if (character.value == '\r') {
    out += "\\r";
  } else if (character.value == '\t') {
    out += "\\t";
  } else if (character.value < 0x80) {
    out += format("\\x{:02x}", static_cast<unsigned>(character.value));
  } else {
    out += format("\\u{:04x}", static_cast<unsigned>(character.value));
  }
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t offset) {
  constexpr CodePoint invalid{replacement, 1, false};
  const std::uint8_t first = byte_at(text, offset);
  if (first < 0x80) return {first, 1, true};
  const Lead lead = lead_of(first);
  if (lead.length == 0 || text.size() - offset < lead.length) return invalid;
  char32_t value = first & lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const std::uint8_t next = byte_at(text, offset + i);
    if (!is_continuation(next)) return invalid;
    value = (value << 6) | (next & 0x3fU);
  }
  if (value < lead.smallest || !is_scalar_value(value)) return invalid;
  return {value, lead.length, true};
}

void append_utf8(std::string& out, char32_t value) {
  if (!is_scalar_value(value)) value = replacement;
  const auto tail = [&](unsigned shift) { out.push_back(static_cast<char>(0x80 | ((value >> shift) & 0x3f))); };
  if (value < 0x80) {
    out.push_back(static_cast<char>(value));
  } else if (value < 0x800) {
    out.push_back(static_cast<char>(0xc0 | (value >> 6)));
    tail(0);
  } else if (value < 0x10000) {
    out.push_back(static_cast<char>(0xe0 | (value >> 12)));
    tail(6), tail(0);
  } else {
    out.push_back(static_cast<char>(0xf0 | (value >> 18)));
    tail(12), tail(6), tail(0);
  }
}

std::size_t ascii_prefix(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  std::size_t at = 0;
  for (; text.size() - at >= 32; at += 32) {
    std::array<std::uint64_t, 4> words{};
    std::memcpy(words.data(), text.data() + at, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & high_bits) != 0) break;
  }
  for (; text.size() - at >= 8; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & high_bits) != 0) break;
  }
  while (at < text.size() && byte_at(text, at) < 0x80) ++at;
  return at;
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (byte_at(text, at) < 0x80) {
      at += ascii_prefix(text.substr(at));
      continue;
    }
    const CodePoint character = code_point_at(text, at);
    if (!character.valid) return at;
    at += character.length;
  }
  return std::nullopt;
}

bool is_ascii(std::string_view text) { return ascii_prefix(text) == text.size(); }

bool is_character_boundary(std::string_view text, std::size_t offset) {
  if (offset == 0 || offset >= text.size()) return offset <= text.size();
  if (!is_continuation(byte_at(text, offset))) return true;
  // A stray continuation byte is a character of its own, so look for a valid one that reaches over `offset`.
  for (std::size_t back = 1; back <= 3 && back <= offset; ++back) {
    const std::size_t start = offset - back;
    if (!is_continuation(byte_at(text, start))) return start + code_point_at(text, start).length <= offset;
  }
  return true;
}

bool is_escaped(const CodePoint& character, bool keep_tab) {
  if (!character.valid) return true;
  if (character.value == '\t') return !keep_tab;
  return character.value < 0x20 || (character.value >= 0x7f && character.value <= 0x9f) || is_deceptive(character.value);
}

std::string escape_controls(std::string_view text, bool keep_tab) {
  const auto is_printable = [](char c) { return c >= ' ' && c <= '~'; };
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const auto* end = std::find_if_not(text.begin() + at, text.end(), is_printable); end != text.begin() + at) {
      out.append(text.begin() + at, end);
      at = static_cast<std::size_t>(end - text.begin());
      continue;
    }
    const CodePoint character = code_point_at(text, at);
    const std::string_view piece = text.substr(at, character.length);
    if (is_escaped(character, keep_tab)) {
      append_escape(out, piece, character);
    } else {
      out += piece;
    }
    at += character.length;
  }
  return out;
}

}  // namespace hop
