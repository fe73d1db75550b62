#include "yaml/survey.h"

#include <algorithm>
#include <cstring>

#include "text/unicode.h"

namespace hop::yaml {
namespace {

constexpr std::uint64_t ones = 0x0101010101010101U;
constexpr std::uint64_t high_bits = ones * 0x80;

/// The high bit of each byte that is zero; all bytes must be ASCII.
std::uint64_t zero_bytes(std::uint64_t word) { return ~((word | high_bits) - ones) & high_bits; }

/// Whether all eight bytes are ASCII and allowed, without looking at each.
bool plain_word(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  if (((word | (word + ones)) & high_bits) != 0) return false;  // not ASCII, or DEL
  const std::uint64_t controls = ~((word | high_bits) - ones * 0x20) & high_bits;
  if (controls == 0) return true;
  const std::uint64_t blanks = zero_bytes(word ^ ones * '\t') | zero_bytes(word ^ ones * '\n') | zero_bytes(word ^ ones * '\r');
  return (controls & ~blanks) == 0;
}

bool allowed(char32_t value) {
  if (value < 0x7f) return value >= 0x20 || value == '\t' || value == '\n' || value == '\r';
  return value == 0x85 || (value >= 0xa0 && value != 0xfffe && value != 0xffff);
}

}  // namespace

Survey survey(std::string_view text) {
  Survey result;
  bool ascii = true;
  constexpr std::size_t step = sizeof(std::uint64_t);
  for (std::size_t at = 0; at < text.size();) {
    if (text.size() - at >= step && plain_word(text.data() + at)) {
      at += step;
      result.characters += step;
      if (ascii) result.ascii = at;
      continue;
    }
    for (const std::size_t end = std::min(at + step, text.size()); at < end; ++result.characters) {
      const CodePoint character = code_point_at(text, at);
      if (!character.valid || !allowed(character.value)) {
        result.bad = {at, at + character.length, character.valid, character.value};
        return result;
      }
      at += character.length;
      ascii = ascii && character.length == 1;
      if (ascii) result.ascii = at;
    }
  }
  return result;
}

}  // namespace hop::yaml
