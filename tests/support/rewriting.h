#pragma once
// The same documents typed otherwise, line by line: indentation, quotes, comments. What means the same must be found the same.
// Knows nothing of rules and findings. JSON, and documents that cannot be read, stay as they are.

#include <cstdint>
#include <string_view>

#include "support/case.h"

namespace hop {

/// Whether words are put between quotes where something in them must be escaped then: no fix is offered inside of those.
enum class Escapes : std::uint8_t { none, some };

/// Every step of indentation twice as wide, and what stands behind a `- ` as far behind it as before from the start of the line. The text
/// of block scalars moves as a whole.
FileTexts reindented(const FileTexts& files);
/// Plain strings between quotes, some of each kind, and those between quotes between the others; keys too. What is no string stays.
FileTexts requoted(const FileTexts& files, Escapes escapes);
/// A comment above and behind every line where one may stand, but behind another comment.
FileTexts with_comments(const FileTexts& files);
inline constexpr std::string_view strangers_namespace = "zoo-of-strangers";
/// A folder of resources beside the others that have nothing to do with them, in a namespace of their own.
FileTexts with_strangers(const FileTexts& files);

/// Whether all files that hold no mistakes hold the same values in both; files that only `now` has do not count.
bool says_the_same(const FileTexts& before, const FileTexts& now);

}  // namespace hop
