#pragma once
// Tells a document apart that is a template rather than a manifest, and a value that is a placeholder. Syntax only.

#include <array>
#include <string_view>

namespace hop::yaml {

/// A line or a value starts with `{{`, as in Helm templates. (A document that fails to parse and holds `{{` is one too; the caller
/// knows whether it parsed.)
bool looks_like_template(std::string_view document);

/// Whether a value holds something to be filled in later, so that its text says nothing: `{{ … }}`, `${VAR}`, `$(VAR)`, `<name>`
/// as a whole, `%(x)s`, `@@VAR@@`, `__VAR__` as a whole, `$VAR` as a whole.
bool is_placeholder(std::string_view value);

namespace detail {

/// Whether a placeholder may begin with the byte.
inline constexpr auto placeholder_starts = [] {
  std::array<bool, 256> starts{};
  for (const char c : std::string_view("{($<%@_")) starts[static_cast<unsigned char>(c)] = true;
  return starts;
}();
bool holds_placeholder(std::string_view value);

}  // namespace detail

// Asked of nearly every value there is: for nearly all of them a look at each byte is enough.
inline bool is_placeholder(std::string_view value) {
  for (const char c : value) {
    if (detail::placeholder_starts[static_cast<unsigned char>(c)]) return detail::holds_placeholder(value);
  }
  return false;
}

}  // namespace hop::yaml
