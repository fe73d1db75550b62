#pragma once
// Line ends as YAML 1.1 has them: LF, CR, CR LF, and NEL, LS, PS.

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace hop::yaml {

/// Length in bytes of the line break at `at`, 0 if there is none.
inline std::size_t break_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  switch (text[at]) {
    case '\n':
      return 1;
    case '\r':
      return text.substr(at, 2) == "\r\n" ? 2 : 1;
    case '\xc2':
      return text.substr(at, 2) == "\xc2\x85" ? 2 : 0;
    case '\xe2':
      return text.substr(at, 3) == "\xe2\x80\xa8" || text.substr(at, 3) == "\xe2\x80\xa9" ? 3 : 0;
    default:
      return 0;
  }
}

/// Whether a line begins at `at`.
inline bool is_line_begin(std::string_view text, std::size_t at) {
  for (std::size_t width = 1; width <= 3 && width <= at; ++width) {
    const std::size_t found = break_at(text, at - width);
    if (found == width) return true;
  }
  return at == 0;
}

/// Where the line that holds `from` ends, without its line break.
inline std::size_t line_end(std::string_view text, std::size_t from) {
  constexpr std::string_view first_bytes = "\n\r\xc2\xe2";
  std::size_t at = from;
  while ((at = std::min(text.find_first_of(first_bytes, at), text.size())) < text.size() && break_at(text, at) == 0) ++at;
  return at;
}

/// Begin of the line behind the one that ends at `end`.
inline std::size_t next_line(std::string_view text, std::size_t end) { return end + break_at(text, end); }

}  // namespace hop::yaml
