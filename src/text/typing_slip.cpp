#include "text/typing_slip.h"

#include <algorithm>

namespace hop {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool are_swapped(std::string_view a, std::string_view b, std::size_t at) {
  return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] && is_letter(a[at]) && is_letter(a[at + 1]) &&
         a.substr(at + 2) == b.substr(at + 2);
}

/// Whether `longer` has one letter more than `shorter`, between two letters.
bool has_one_more(std::string_view longer, std::string_view shorter, std::size_t at) {
  if (longer.substr(at + 1) != shorter.substr(at)) return false;
  return is_letter(longer[at]) && at > 0 && is_letter(longer[at - 1]) && at + 1 < longer.size() && is_letter(longer[at + 1]);
}

}  // namespace

bool is_typing_slip(std::string_view word, std::string_view name) {
  const std::size_t common = std::min(word.size(), name.size());
  if (common < 4 || word == name) return false;
  const auto at = static_cast<std::size_t>(std::ranges::mismatch(word, name).in1 - word.begin());
  if (word.size() == name.size()) return are_swapped(word, name, at);
  // Of short words one letter more or less makes another.
  if (common < 5) return false;
  if (word.size() == name.size() + 1) return has_one_more(word, name, at);
  return name.size() == word.size() + 1 && has_one_more(name, word, at);
}

}  // namespace hop
