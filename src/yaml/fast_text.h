#pragma once
// Looking at bytes, sixteen at a time where the processor can. Knows nothing of YAML's structure.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace hop::yaml {

/// Whether the fast reader takes this text at all: valid UTF-8 that YAML allows, line ends LF or CR LF only, no byte order mark.
bool is_readable(std::string_view text);

inline bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// White space or, written as NUL, the end of the text: what ends an indicator.
inline bool ends_word(char c) { return is_blank(c) || c == '\n' || c == '\r' || c == '\0'; }

inline bool is_flow_indicator(char c) { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'; }

/// What plain text never begins with: most indicators, white space, the end. With `-`, `?` and `:` it depends on what follows.
inline bool is_indicator(char c) {
  switch (c) {
    case '#':
    case '&':
    case '*':
    case '!':
    case '|':
    case '>':
    case '\'':
    case '"':
    case '%':
    case '@':
    case '`':
      return true;
    default:
      return ends_word(c) || is_flow_indicator(c);
  }
}

/// Offset of the first character from `from` on that is no space, or text.size().
inline std::size_t skip_spaces(std::string_view text, std::size_t from) {
  std::size_t at = from;
#if defined(__SSE2__)
  const __m128i space = _mm_set1_epi8(' ');
  for (; text.size() - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, space)));
    if (mask != 0xffff) return at + static_cast<std::size_t>(std::countr_one(mask));
  }
#endif
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

/// Offset of the first of three characters from `from` on, or text.size().
inline std::size_t find_any(std::string_view text, std::size_t from, char a, char b, char c) {
  std::size_t at = from;
#if defined(__SSE2__)
  const __m128i is_a = _mm_set1_epi8(a), is_b = _mm_set1_epi8(b), is_c = _mm_set1_epi8(c);
  for (; text.size() - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i hits = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, is_a), _mm_cmpeq_epi8(bytes, is_b)), _mm_cmpeq_epi8(bytes, is_c));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at < text.size() && text[at] != a && text[at] != b && text[at] != c) ++at;
  return at;
}

}  // namespace hop::yaml
