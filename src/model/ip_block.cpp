#include "model/ip_block.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace hop {
namespace {

/// Takes a number up to 255 and the dot behind it off the front.
std::optional<std::uint32_t> take_octet(std::string_view& text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number > 255) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with('.')) text.remove_prefix(1);
  return number;
}

}  // namespace

bool is_public_ipv4(std::string_view block) {
  std::string_view rest = block.substr(0, block.find('/'));
  const auto first = take_octet(rest), second = take_octet(rest), third = take_octet(rest), fourth = take_octet(rest);
  if (!first || !second || !third || !fourth || !rest.empty()) return false;
  const bool is_private = *first == 10 || (*first == 172 && *second / 16 == 1) || (*first == 192 && *second == 168);
  const bool is_shared = *first == 100 && *second / 64 == 1;
  return !is_private && !is_shared && *first != 0 && *first != 127 && *first < 224;
}

}  // namespace hop
