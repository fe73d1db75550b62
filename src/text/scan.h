#pragma once
// Looking through long text for a byte or for a pair of bytes, sixteen places at a time where the processor can. Knows nothing of what the
// text says.

#include <bit>
#include <cstddef>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace hop {

/// Offset of the first place from `from` on where `first` stands and `second` so many bytes behind it, or text.size(). Quicker than a
/// search for text that holds both: the pair is chosen to be rare. `distance` must not be 0.
inline std::size_t find_pair(std::string_view text, std::size_t from, char first, char second, std::size_t distance) {
  std::size_t at = from;
#if defined(__SSE2__)
  const __m128i is_first = _mm_set1_epi8(first), is_second = _mm_set1_epi8(second);
  for (; at + 16 + distance <= text.size(); at += 16) {
    const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i behind = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at + distance));
    const __m128i hits = _mm_and_si128(_mm_cmpeq_epi8(here, is_first), _mm_cmpeq_epi8(behind, is_second));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  for (; at + distance < text.size(); ++at) {
    if (text[at] == first && text[at + distance] == second) return at;
  }
  return text.size();
}

/// Whether the text holds a word of two letters or more.
inline bool holds_word(std::string_view text, std::string_view word) {
  const std::size_t last = word.size() - 1;
  for (std::size_t at = 0; (at = find_pair(text, at, word.front(), word.back(), last)) < text.size(); ++at) {
    if (text.substr(at, word.size()) == word) return true;
  }
  return false;
}

/// Calls `found` with the offset of each `wanted`, in order.
template <class Found>
void each_byte(std::string_view text, char wanted, const Found& found) {
  std::size_t at = 0;
#if defined(__SSE2__)
  const __m128i is_wanted = _mm_set1_epi8(wanted);
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    for (auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, is_wanted))); mask != 0; mask &= mask - 1) {
      found(at + static_cast<std::size_t>(std::countr_zero(mask)));
    }
  }
#endif
  for (; at < text.size(); ++at) {
    if (text[at] == wanted) found(at);
  }
}

}  // namespace hop
