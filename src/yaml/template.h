#pragma once
// Tells a document apart that is a template rather than a manifest, and a value that is a placeholder. Syntax only.

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hop::yaml {

/// A line or a value starts with `{{`, as in Helm templates. (A document that fails to parse and holds `{{` is one too; the caller
/// knows whether it parsed.)
bool looks_like_template(std::string_view document);

/// Whether the text holds what templates have and YAML cannot take: `{{`, a line that is `${…}` alone, or one that begins with a
/// directive of Terraform or Jinja. For documents that do not parse.
bool holds_template_marks(std::string_view document);

/// Whether a value holds something to be filled in later, so that its text says nothing: `{{ … }}`, `${VAR}`, `$(VAR)`, `<name>`,
/// `%(x)s`, `@@VAR@@`, `__VAR__` as a whole, `$VAR` as a whole, or in capitals anywhere.
bool is_placeholder(std::string_view value);

/// A word in capitals that a script is to replace: `SVC_NAME`, `HOSTNAME`. Proves nothing where enumerations are written so.
bool is_shouted(std::string_view word);
/// Whether a part of a name, an address or a host is: `SVC_NAME.shop.svc.cluster.local`.
bool has_shouted_part(std::string_view text);

namespace detail {

/// Whether a placeholder may begin with the byte.
inline constexpr auto placeholder_starts = [] {
  std::array<bool, 256> starts{};
  for (const char c : std::string_view("{($<%@_")) starts[static_cast<unsigned char>(c)] = true;
  return starts;
}();
bool holds_placeholder(std::string_view value);

/// Whether eight bytes are all lower-case letters, digits or one of `-./:`, as in names, hosts and addresses.
inline bool are_of_names(const char* bytes) {
  constexpr std::uint64_t each = 0x0101010101010101, top = 0x80 * each;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  // The top bit of each byte: of those from `low` on, and not beyond `high`.
  const auto between = [&](std::uint64_t low, std::uint64_t high) { return (word + (0x80 - low) * each) & ~(word + (0x7f - high) * each); };
  return ((between('a', 'z') | between('-', ':')) & ~word & top) == top;
}

}  // namespace detail

// Asked of nearly every value there is: for nearly all of them a look at each byte is enough.
inline bool is_placeholder(std::string_view value) {
  constexpr std::size_t word = 8;
  std::size_t at = 0;
  while (at + word <= value.size() && detail::are_of_names(value.data() + at)) at += word;
  for (const char c : value.substr(at)) {
    if (detail::placeholder_starts[static_cast<unsigned char>(c)]) return detail::holds_placeholder(value);
  }
  return false;
}

}  // namespace hop::yaml
