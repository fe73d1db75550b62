#pragma once
// The words of a suppression: `<rule>[, …] -- <reason>[ until 2027-01-31]`, and the comments that carry them. Syntax only.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hop {

struct AllowText {
  struct Word {
    std::string_view text;
    std::uint32_t begin = 0;  ///< where it stands in the text given
  };
  std::vector<Word> rules;
  std::string_view reason;  ///< "" if there is none
  std::string_view until;   ///< a date, or ""
  std::string problem;      ///< why it cannot be understood; "" if it can
};

AllowText parse_allow(std::string_view text);

struct AllowComment {
  bool whole_file = false;
  AllowText allow;  ///< its places are those in the comment
};

/// Nothing for a comment that does not begin with `hoplint:`; one with a problem if it does and says something else than `allow`.
std::optional<AllowComment> parse_allow_comment(std::string_view comment);

}  // namespace hop
