#pragma once
// Text edits on YAML that keep everything around them as it is. Each answers nothing where an edit cannot be made safely: inside aliases,
// implied resources, or text that escapes change.

#include <optional>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "yaml/document.h"

namespace hop {

/// Replaces a scalar's text and keeps its style; quotes a plain one if the new text would not stay a string.
std::optional<Edit> replace_text(yaml::Node scalar, std::string_view text);
/// Puts quotes round a plain scalar: `10` becomes `"10"`.
std::optional<Edit> quote(yaml::Node scalar);
/// Replaces a mapping key.
std::optional<Edit> rename_key(yaml::Node value, std::string_view key);
/// Adds `key: value` behind the last pair of a block mapping with its indentation, or inside a flow mapping's braces.
std::optional<Edit> add_pair(yaml::Node mapping, std::string_view key, std::string_view value);
/// Takes the pair of `value` out of its block mapping, with its whole lines; nothing for the only pair or inside flow mappings.
std::optional<Edit> remove_pair(yaml::Node mapping, yaml::Node value);
/// Takes an item out of a block sequence, with its whole lines; nothing for the only item or inside flow sequences.
std::optional<Edit> remove_item(yaml::Node sequence, yaml::Node item);

}  // namespace hop
