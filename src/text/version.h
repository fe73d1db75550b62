#pragma once
// Versions of what manifests are installed into, as far as rules care: "1.29", "v1.24.2", "2.7.1-eks" by their first two numbers.

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hop {

struct Version {
  std::uint16_t major = 0, minor = 0;
  friend constexpr auto operator<=>(const Version&, const Version&) = default;
};

/// Major and minor of a version, with or without "v" before and a patch or suffix behind; nothing for any other text.
std::optional<Version> parse_version(std::string_view text);

/// A release of hoplint, "0.1.0", as three numbers that compare; nothing for any other text.
struct Release {
  std::uint16_t major = 0, minor = 0, patch = 0;
  friend constexpr auto operator<=>(const Release&, const Release&) = default;
};
std::optional<Release> parse_release(std::string_view text);

}  // namespace hop
