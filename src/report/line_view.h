#pragma once
// A source line as a terminal shows it: escapes, tabs, wide characters, blanked secrets, cut when too long; and where its bytes went.
// Knows nothing of files, findings or colour.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hop {

/// Bytes of a line, half-open.
struct Stretch {
  std::size_t begin = 0, end = 0;
};

/// Terminal cells, half-open, 0-based.
struct Cells {
  unsigned begin = 0, end = 0;
};

struct LineLimits {
  unsigned cells = 0;  ///< longest text() shown
  bool unicode = true;
};

class LineView {
 public:
  /// `blanked` is sorted and disjoint: each stretch becomes eight dots, whatever its length. Of a line that is too long the part around
  /// `focus` is shown.
  LineView(std::string_view line, std::span<const Stretch> blanked, Stretch focus, LineLimits limits);

  std::string text() const;
  /// Cells that show these bytes, at least one; what was cut away stands at the ellipsis.
  Cells cells(Stretch bytes) const;

 private:
  struct Glyph {
    std::size_t begin, end;  ///< bytes of the line
    unsigned column, width;
    std::string shown;
  };
  void add(std::size_t begin, std::size_t end, std::string shown, unsigned width);
  void add_character(std::string_view line, std::size_t at, std::size_t length, char32_t value);
  void lay_out(std::string_view line, Stretch window, std::span<const Stretch> blanked, LineLimits limits);
  void cut(std::size_t line_size, Stretch window, Stretch focus, LineLimits limits);
  void keep_from(unsigned column, std::size_t line_size, Stretch window, LineLimits limits);
  unsigned width() const { return glyphs_.empty() ? 0 : glyphs_.back().column + glyphs_.back().width; }

  std::vector<Glyph> glyphs_;
};

}  // namespace hop
