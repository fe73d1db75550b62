#pragma once
// The key that a mapping is asked for, with a hash that tells it from nearly every other: computed when the program is compiled where the
// key is written out in it. Knows nothing of trees.

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace hop::yaml {

namespace detail {

/// The `size` bytes at `text` as a number, the first the lowest.
template <std::size_t size>
constexpr std::uint64_t load(const char* text) {
  std::uint64_t word = 0;
  if (std::is_constant_evaluated() || std::endian::native != std::endian::little) {
    for (std::size_t i = 0; i < size; ++i) word |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
  } else {
    std::memcpy(&word, text, size);
  }
  return word;
}

}  // namespace detail

/// Looks at the ends of the text and its length only: a filter, so what passes it must still be compared.
constexpr std::uint64_t key_hash(std::string_view text) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15ULL;
  const std::size_t size = text.size();
  const char* bytes = text.data();
  std::uint64_t first = 0, last = 0;
  if (size >= 8) {
    first = detail::load<8>(bytes);
    last = detail::load<8>(bytes + size - 8);
  } else if (size >= 4) {
    first = detail::load<4>(bytes);
    last = detail::load<4>(bytes + size - 4);
  } else if (size > 0) {
    first = detail::load<1>(bytes) | detail::load<1>(bytes + size / 2) << 8U | detail::load<1>(bytes + size - 1) << 16U;
  }
  const std::uint64_t mixed = (first ^ std::rotl(last, 23) ^ size) * factor;
  return (mixed ^ mixed >> 32U) * factor;
}

/// What an item of a tree keeps of the hash.
constexpr std::uint8_t key_byte(std::uint64_t hash) { return static_cast<std::uint8_t>(hash >> 48U); }
/// The bit that it sets in the mask of its mapping.
constexpr std::uint32_t key_bit(std::uint64_t hash) {
  constexpr std::uint64_t bits = 24;
  return std::uint32_t{1} << ((hash >> 32U) * bits >> 32U);
}

class Key {
 public:
  template <std::size_t size>
  consteval Key(const char (&text)[size]) : Key(std::string_view(text, size - 1), 0) {}  // NOLINT(google-explicit-constructor)
  template <class Text>
    requires(!std::is_array_v<Text> && std::convertible_to<const Text&, std::string_view>)
  constexpr Key(const Text& text) : Key(std::string_view(text), 0) {}  // NOLINT(google-explicit-constructor): a key is its text

  constexpr std::string_view text() const { return text_; }
  constexpr std::uint8_t byte() const { return byte_; }
  constexpr std::uint32_t bit() const { return bit_; }

 private:
  constexpr Key(std::string_view text, int) : text_(text), bit_(key_bit(key_hash(text))), byte_(key_byte(key_hash(text))) {}
  std::string_view text_;
  std::uint32_t bit_;
  std::uint8_t byte_;
};

}  // namespace hop::yaml
