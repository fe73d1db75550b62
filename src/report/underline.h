#pragma once
// The rows below a source line: carets, dashes, and what is said about them, stacked so that nothing overlaps.
// Knows nothing of files.

#include <string>
#include <vector>

#include "report/line_view.h"
#include "report/paint.h"

namespace hop {

struct Underline {
  Cells cells;
  std::string text;  ///< one line, escaped; may be empty
  bool primary = false;
};

/// `primary` is the tone of carets; the others are dashes. Rows come without line ends.
std::vector<std::string> underline_rows(std::vector<Underline> underlines, Tone primary, const Paint& paint);

}  // namespace hop
