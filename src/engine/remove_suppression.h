#pragma once
// Takes suppression comments away. Knows nothing of when one should go.

#include <cstddef>
#include <optional>
#include <string_view>

#include "diag/diagnostic.h"
#include "engine/allowed.h"

namespace hop {

/// Takes one rule out of a comment, `text` being its file's; or the comment, with its line if it has one of its own. Nothing for
/// annotations and for entries of the configuration, which are left to people.
std::optional<Fix> remove_suppressed_rule(const Allowed& allowed, std::size_t rule, std::string_view text);
std::optional<Fix> remove_suppression(const Allowed& allowed, std::string_view text);

}  // namespace hop
