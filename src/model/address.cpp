#include "model/address.h"

#include <algorithm>
#include <charconv>

namespace hop {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view hex_digits = "0123456789abcdefABCDEF";

/// A decimal number without leading zeros, up to `most`.
bool is_number(std::string_view text, unsigned most) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool plain = text == "0" || !text.starts_with('0');
  return !text.empty() && plain && error == std::errc{} && end == text.data() + text.size() && number <= most;
}

bool is_address_4(std::string_view text) {
  for (int part = 0; part < 4; ++part) {
    const std::size_t end = std::min(text.find_first_not_of(digits), text.size());
    if (!is_number(text.substr(0, end), 255)) return false;
    text.remove_prefix(end);
    if (part < 3 && !text.starts_with('.')) return false;
    text.remove_prefix(part < 3 ? 1 : 0);
  }
  return text.empty();
}

/// How many groups of 16 bits the colon-separated text holds; nothing sensible (9) where it is malformed. An IPv4 address may end it.
int groups_of(std::string_view text, bool last) {
  constexpr int malformed = 9;
  if (text.empty()) return 0;
  int groups = 0;
  while (groups < malformed) {
    const std::size_t end = std::min(text.find(':'), text.size());
    const std::string_view group = text.substr(0, end);
    const bool is_end = end == text.size();
    if (is_end && last && is_address_4(group)) return groups + 2;
    if (group.empty() || group.size() > 4 || group.find_first_not_of(hex_digits) != std::string_view::npos) return malformed;
    ++groups;
    if (is_end) return groups;
    text.remove_prefix(end + 1);
  }
  return malformed;
}

bool is_address_6(std::string_view text) {
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) return groups_of(text, true) == 8;
  // The gap stands for at least one group.
  return groups_of(text.substr(0, gap), false) + groups_of(text.substr(gap + 2), true) <= 7;
}

}  // namespace

bool is_ip_address(std::string_view text) {
  // A zone (`fe80::1%eth0`) names an interface and is no part of the address itself.
  return is_address_4(text) || is_address_6(text.substr(0, text.find('%')));
}

bool is_cidr(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view address = text.substr(0, slash);
  const std::string_view length = text.substr(slash + 1);
  return (is_address_4(address) && is_number(length, 32)) || (is_address_6(address) && is_number(length, 128));
}

}  // namespace hop
