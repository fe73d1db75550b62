#include "yaml/offsets.h"

namespace hop::yaml {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

/// A fixed size so that compilers turn it into a few vector instructions.
constexpr std::size_t block = 64;

std::size_t characters_in_block(const char* bytes) {
  unsigned char count = 0;
  for (std::size_t i = 0; i < block; ++i) count = static_cast<unsigned char>(count + (continues(bytes[i]) ? 0 : 1));
  return count;
}

}  // namespace

std::size_t Offsets::seek(std::size_t character) {
  while (character_ > character) {
    --byte_;
    if (!continues(text_[byte_])) --character_;
  }
  // A block holds at most `block` characters, so this never runs past the goal; it may stop inside a character, which then counts as
  // begun and is finished below.
  while (character - character_ >= block && text_.size() - byte_ >= block) {
    character_ += characters_in_block(text_.data() + byte_);
    byte_ += block;
  }
  while (byte_ < text_.size() && continues(text_[byte_])) ++byte_;
  while (character_ < character && byte_ < text_.size()) {
    ++byte_;
    while (byte_ < text_.size() && continues(text_[byte_])) ++byte_;
    ++character_;
  }
  return byte_;
}

}  // namespace hop::yaml
