#include "graph/hash_index.h"

#include <cstring>

namespace hop {
namespace {

constexpr std::uint64_t factor = 0x9e3779b97f4a7c15ULL;

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * factor;
  return hash ^ hash >> 29U;
}

}  // namespace

KeyHash& KeyHash::add(std::string_view text) {
  hash_ = mix(hash_, text.size());  // tells where a part ends
  for (; text.size() >= sizeof(std::uint64_t); text.remove_prefix(sizeof(std::uint64_t))) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), sizeof word);
    hash_ = mix(hash_, word);
  }
  std::uint64_t rest = 0;
  for (const char c : text) rest = rest << 8U | static_cast<unsigned char>(c);
  hash_ = mix(hash_, rest);
  return *this;
}

KeyHash& KeyHash::add(std::uint64_t number) {
  hash_ = mix(hash_, number);
  return *this;
}

}  // namespace hop
