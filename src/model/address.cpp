#include "model/address.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <string>

namespace hop {
namespace {

bool parses(int family, std::string_view text) {
  std::array<unsigned char, 16> bytes{};
  return text.find('\0') == std::string_view::npos && inet_pton(family, std::string(text).c_str(), bytes.data()) == 1;
}

}  // namespace

bool is_ip_address(std::string_view text) {
  // A zone (`fe80::1%eth0`) names an interface and is no part of the address itself.
  return parses(AF_INET, text) || parses(AF_INET6, text.substr(0, text.find('%')));
}

bool is_cidr(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view length = text.substr(slash + 1);
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bits);
  const bool plain = length == "0" || !length.starts_with('0');
  if (length.empty() || !plain || error != std::errc{} || end != length.data() + length.size()) return false;
  const std::string_view address = text.substr(0, slash);
  return (parses(AF_INET, address) && bits <= 32) || (parses(AF_INET6, address) && bits <= 128);
}

}  // namespace hop
