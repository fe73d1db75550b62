#include "text/utf16.h"

#include "text/unicode.h"

namespace hop {
namespace {

constexpr char32_t replacement = 0xfffd;

/// `at + 1` must be below bytes.size().
char32_t unit_at(std::string_view bytes, std::size_t at, ByteOrder order) {
  const auto first = static_cast<unsigned char>(bytes[at]);
  const auto second = static_cast<unsigned char>(bytes[at + 1]);
  return order == ByteOrder::little ? first | (second << 8U) : second | (first << 8U);
}

void append_unit(std::string& out, char32_t unit, ByteOrder order) {
  const char low = static_cast<char>(unit & 0xff);
  const char high = static_cast<char>((unit >> 8) & 0xff);
  out.push_back(order == ByteOrder::little ? low : high);
  out.push_back(order == ByteOrder::little ? high : low);
}

bool is_high_surrogate(char32_t unit) { return (unit & 0xfc00) == 0xd800; }
bool is_low_surrogate(char32_t unit) { return (unit & 0xfc00) == 0xdc00; }

}  // namespace

std::string utf8_from_utf16(std::string_view bytes, ByteOrder order) {
  std::string out;
  out.reserve(bytes.size() / 2);
  std::size_t at = 0;
  for (; bytes.size() - at >= 2; at += 2) {
    const char32_t unit = unit_at(bytes, at, order);
    const bool pair = is_high_surrogate(unit) && bytes.size() - at >= 4 && is_low_surrogate(unit_at(bytes, at + 2, order));
    if (!pair) {
      append_utf8(out, unit);  // makes a lone surrogate U+FFFD
      continue;
    }
    at += 2;
    append_utf8(out, 0x10000 + ((unit & 0x3ff) << 10) + (unit_at(bytes, at, order) & 0x3ff));
  }
  if (at < bytes.size()) append_utf8(out, replacement);
  return out;
}

std::string utf16_from_utf8(std::string_view text, ByteOrder order) {
  std::string out;
  out.reserve(text.size() * 2);
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = code_point_at(text, at);
    at += character.length;
    if (character.value < 0x10000) {
      append_unit(out, character.value, order);
    } else {
      append_unit(out, 0xd800 + ((character.value - 0x10000) >> 10), order);
      append_unit(out, 0xdc00 + (character.value & 0x3ff), order);
    }
  }
  return out;
}

}  // namespace hop
