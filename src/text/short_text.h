#pragma once
// Comparison of texts that are too short for a call to pay: keys, names of fields.

#include <cstdint>
#include <cstring>
#include <string_view>

namespace hop {

namespace detail {

template <class Word>
bool same_word(const char* a, const char* b) {
  Word x = 0, y = 0;
  std::memcpy(&x, a, sizeof x);
  std::memcpy(&y, b, sizeof y);
  return x == y;
}

}  // namespace detail

/// By words, the last of which may overlap the one before.
inline bool same_short_text(std::string_view a, std::string_view b) {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  const char *x = a.data(), *y = b.data();
  if (size >= 8) {
    for (std::size_t at = 0; at + 8 <= size; at += 8) {
      if (!detail::same_word<std::uint64_t>(x + at, y + at)) return false;
    }
    return detail::same_word<std::uint64_t>(x + size - 8, y + size - 8);
  }
  if (size >= 4) return detail::same_word<std::uint32_t>(x, y) && detail::same_word<std::uint32_t>(x + size - 4, y + size - 4);
  return size == 0 || (x[0] == y[0] && x[size / 2] == y[size / 2] && x[size - 1] == y[size - 1]);
}

}  // namespace hop
