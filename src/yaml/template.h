#pragma once
// Tells a document apart that is a template rather than a manifest, and a value that is a placeholder. Syntax only.

#include <string_view>

namespace hop::yaml {

/// A line or a value starts with `{{`, as in Helm templates. (A document that fails to parse and holds `{{` is one too; the caller
/// knows whether it parsed.)
bool looks_like_template(std::string_view document);

/// Whether a value holds something to be filled in later, so that its text says nothing: `{{ … }}`, `${VAR}`, `$(VAR)`, `<name>`
/// as a whole, `%(x)s`, `@@VAR@@`, `__VAR__` as a whole, `$VAR` as a whole.
bool is_placeholder(std::string_view value);

}  // namespace hop::yaml
