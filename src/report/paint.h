#pragma once
// Colour for the terminal. The only place that knows escape sequences.

#include <string>
#include <string_view>

#include "diag/diagnostic.h"
#include "text/format.h"

namespace hop {

enum class Tone : unsigned char { plain, error, warning, info, note, dim, strong };

constexpr Tone tone_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return Tone::error;
    case Severity::warning:
      return Tone::warning;
    case Severity::info:
      return Tone::info;
  }
  return Tone::plain;
}

class Paint {
 public:
  explicit Paint(bool colour) : colour_(colour) {}

  std::string operator()(Tone tone, std::string_view text) const {
    if (!colour_ || tone == Tone::plain || text.empty()) return std::string(text);
    return format("\x1b[{}m{}\x1b[0m", code(tone), text);
  }

 private:
  /// Select Graphic Rendition parameters, ECMA-48 8.3.117.
  static constexpr std::string_view code(Tone tone) {
    switch (tone) {
      case Tone::plain:
        break;
      case Tone::error:
        return "1;31";
      case Tone::warning:
        return "1;33";
      case Tone::info:
        return "1;36";
      case Tone::note:
        return "1;34";
      case Tone::dim:
        return "2";
      case Tone::strong:
        return "1";
    }
    return "0";
  }
  bool colour_;
};

}  // namespace hop
