#include "yaml/fast_text.h"

#include <algorithm>

#include "text/unicode.h"

namespace hop::yaml {
namespace {

constexpr std::size_t step = 16;

/// Whether all sixteen bytes are printable ASCII or line feeds.
bool is_simple(const char* bytes) {
#if defined(__SSE2__)
  const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const __m128i below = _mm_cmplt_epi8(block, _mm_set1_epi8(' '));  // signed: also all that is not ASCII
  const __m128i refused =
      _mm_or_si128(_mm_andnot_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('\n')), below), _mm_cmpeq_epi8(block, _mm_set1_epi8('\x7f')));
  return _mm_movemask_epi8(refused) == 0;
#else
  return std::all_of(bytes, bytes + step, [](char c) { return (c >= ' ' && c != '\x7f') || c == '\n'; });
#endif
}

/// Controls, line ends of YAML 1.1 and byte order marks beyond ASCII.
bool is_plain_character(char32_t value) {
  if (value < 0xa0 || value == 0x2028 || value == 0x2029) return false;
  return value != 0xfeff && value != 0xfffe && value != 0xffff;
}

/// Length of the character at `at` in bytes, 0 if it is not taken.
std::size_t readable_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\r') return text.substr(at, 2) == "\r\n" ? 2 : 0;
  if (static_cast<signed char>(c) >= 0) return (c >= ' ' && c != '\x7f') || c == '\n' || c == '\t' ? 1 : 0;
  const CodePoint character = code_point_at(text, at);
  return character.valid && is_plain_character(character.value) ? character.length : 0;
}

}  // namespace

bool is_readable(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text.size() - at >= step && is_simple(text.data() + at)) {
      at += step;
      continue;
    }
    for (const std::size_t end = std::min(at + step, text.size()); at < end;) {
      const std::size_t length = readable_at(text, at);
      if (length == 0) return false;
      at += length;
    }
  }
  return true;
}

}  // namespace hop::yaml
