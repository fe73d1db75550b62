#pragma once
// Comparison of texts that are too short for a call to pay: keys, names of fields.

#include <cstdint>
#include <cstring>
#include <string_view>

namespace hop {

inline bool same_short_text(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a.size() < 8) {
    for (std::size_t at = 0; at < a.size(); ++at) {
      if (a[at] != b[at]) return false;
    }
    return true;
  }
  const auto differ = [&](std::size_t at) {
    std::uint64_t x = 0, y = 0;
    std::memcpy(&x, a.data() + at, sizeof x);
    std::memcpy(&y, b.data() + at, sizeof y);
    return x != y;
  };
  for (std::size_t at = 0; at + 8 <= a.size(); at += 8) {
    if (differ(at)) return false;
  }
  return !differ(a.size() - 8);  // the last word, which may overlap the one before
}

}  // namespace hop
