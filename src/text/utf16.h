#pragma once
// UTF-16 bytes to UTF-8 text and back. Knows nothing of files or byte order marks.

#include <string>
#include <string_view>

namespace hop {

enum class ByteOrder : unsigned char { little, big };

/// Lone surrogates and a last odd byte become U+FFFD each.
std::string utf8_from_utf16(std::string_view bytes, ByteOrder order);
/// Invalid bytes become U+FFFD each.
std::string utf16_from_utf8(std::string_view text, ByteOrder order);

}  // namespace hop
