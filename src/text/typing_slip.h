#pragma once
// Whether one word is surely another one mistyped, where both may be names of their own: much less is forgiven than by text/words.h.

#include <string_view>

namespace hop {

/// Two neighbouring letters swapped, or one left out or doubled inside a part between dashes: `isito-system`, `paymnts`. Never another
/// letter or digit in place of one, nor one more or less at a part's end: `team-a` and `team-b`, `order` and `orders` are two names.
bool is_typing_slip(std::string_view word, std::string_view name);

}  // namespace hop
