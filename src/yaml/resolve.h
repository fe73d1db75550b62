#pragma once
// What a plain scalar means to Kubernetes: the rules of sigs.k8s.io/yaml, which are YAML 1.1 as go-yaml v2 has it.
// Source: github.com/kubernetes-sigs/yaml, goyaml.v2/resolve.go. Timestamps stay strings on the way to JSON.

#include <cstdint>
#include <optional>
#include <string_view>

namespace hop::yaml {

enum class Meaning : std::uint8_t { null, boolean, number, string };

/// Of text without quotes and without a tag.
Meaning resolve_plain(std::string_view text);
/// Whether that is null, and whether it may be a number: told by its first byte.
inline bool is_plain_null(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}
inline bool may_be_number(std::string_view text) {
  const char first = text.empty() ? '\0' : text.front();
  return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
}
/// y, yes, true, on and their opposites, each in the usual cases.
std::optional<bool> plain_boolean(std::string_view text);
/// Decimal, 0x, 0o, 0b, octal by a leading 0, with underscores anywhere; nothing if it does not fit.
std::optional<std::int64_t> plain_integer(std::string_view text);

}  // namespace hop::yaml
