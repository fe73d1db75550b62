#include "text/version.h"

#include <charconv>
#include <utility>

namespace hop {
namespace {

/// Takes a number of at most five digits off the front.
std::optional<std::uint16_t> take_number(std::string_view& text) {
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<Version> parse_version(std::string_view text) {
  take(text, 'v');
  const auto major = take_number(text);
  if (!major || !take(text, '.')) return std::nullopt;
  const auto minor = take_number(text);
  const bool ends = text.empty() || text[0] == '.' || text[0] == '-' || text[0] == '+';
  if (!minor || !ends) return std::nullopt;
  return Version{*major, *minor};
}

std::optional<Release> parse_release(std::string_view text) {
  take(text, 'v');
  Release release;
  const std::pair<std::uint16_t*, bool> parts[] = {{&release.major, false}, {&release.minor, false}, {&release.patch, true}};
  for (const auto& [part, last] : parts) {
    const auto number = take_number(text);
    if (!number || !(last ? text.empty() : take(text, '.'))) return std::nullopt;
    *part = *number;
  }
  return release;
}

}  // namespace hop
