#include "graph/hash_index.h"

#include <cstring>

namespace hop {
namespace {

constexpr std::uint64_t factor = 0x9e3779b97f4a7c15ULL;

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * factor;
  return hash ^ hash >> 29U;
}

template <class Word>
Word word_at(std::string_view text, std::size_t at) {
  Word word = 0;
  std::memcpy(&word, text.data() + at, sizeof word);
  return word;
}

}  // namespace

KeyHash& KeyHash::add(std::string_view text) {
  const std::size_t size = text.size();
  hash_ = mix(hash_, size);  // tells where a part ends
  std::size_t at = 0;
  for (; at + 8 <= size; at += 8) hash_ = mix(hash_, word_at<std::uint64_t>(text, at));
  if (at == size) return *this;
  if (size >= 8) {  // the last bytes together with some before them
    hash_ = mix(hash_, word_at<std::uint64_t>(text, size - 8));
  } else if (size >= 4) {
    hash_ = mix(hash_, std::uint64_t{word_at<std::uint32_t>(text, 0)} << 32U | word_at<std::uint32_t>(text, size - 4));
  } else {
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(text[i])}; };
    hash_ = mix(hash_, byte(0) << 16U | byte(size / 2) << 8U | byte(size - 1));
  }
  return *this;
}

KeyHash& KeyHash::add(std::uint64_t number) {
  hash_ = mix(hash_, number);
  return *this;
}

}  // namespace hop
