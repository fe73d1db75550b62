#pragma once
// One look at all characters of a document before it is parsed. Knows nothing of the parser.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hop::yaml {

struct BadCharacter {
  std::size_t begin = 0, end = 0;
  bool valid = false;  ///< well-formed UTF-8, but not allowed in YAML
  char32_t value = 0;
};

struct Survey {
  std::size_t characters = 0;  ///< how many code points; meaningless after a bad one
  std::size_t ascii = 0;       ///< so many bytes at the start are surely ASCII
  std::optional<BadCharacter> bad;
};

/// Which characters may occur: YAML 1.1 section 4.1, as libyaml's reader has it.
Survey survey(std::string_view text);

}  // namespace hop::yaml
