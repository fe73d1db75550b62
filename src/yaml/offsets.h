#pragma once
// Character numbers, as the parser counts, to byte offsets. Knows nothing of the parser.

#include <cstdint>
#include <string_view>

namespace hop::yaml {

/// Quick when asked for places near the last one: a walk through a document costs linear time in total.
class Offsets {
 public:
  /// `text` must be valid UTF-8. `ascii` bytes at its start are known to be ASCII.
  Offsets(std::string_view text, std::size_t ascii) : text_(text), ascii_(ascii), byte_(ascii), character_(ascii) {}

  std::uint32_t byte_of(std::size_t character) { return static_cast<std::uint32_t>(character <= ascii_ ? character : seek(character)); }

 private:
  std::size_t seek(std::size_t character);

  std::string_view text_;
  std::size_t ascii_;
  std::size_t byte_, character_;  // where the last answer was; always a character boundary
};

}  // namespace hop::yaml
