#include "report/underline.h"

#include <algorithm>
#include <tuple>

namespace hop {
namespace {

/// A row of single characters, each with a tone, and text at its end.
class Row {
 public:
  void put(Cells cells, char sign, Tone tone) {
    if (cells.end > signs_.size()) {
      signs_.resize(cells.end, ' ');
      tones_.resize(cells.end, Tone::plain);
    }
    for (unsigned at = cells.begin; at < cells.end; ++at) signs_[at] = sign, tones_[at] = tone;
  }

  std::string paint_with(const Paint& paint, unsigned text_at, std::string_view text, Tone tone) const {
    std::string out;
    for (std::size_t at = 0; at < signs_.size();) {
      const auto end =
          std::find_if(tones_.begin() + static_cast<std::ptrdiff_t>(at), tones_.end(), [&](Tone other) { return other != tones_[at]; }) -
          tones_.begin();
      out += paint(tones_[at], std::string_view(signs_).substr(at, static_cast<std::size_t>(end) - at));
      at = static_cast<std::size_t>(end);
    }
    if (text.empty()) return out;
    out.append(text_at - std::min<std::size_t>(text_at, signs_.size()), ' ');
    return out + paint(tone, text);
  }

 private:
  std::string signs_;
  std::vector<Tone> tones_;
};

Tone tone(const Underline& underline, Tone primary) { return underline.primary ? primary : Tone::note; }

Row base_row(const std::vector<Underline>& underlines, Tone primary) {
  Row row;
  for (const Underline& underline : underlines) {
    if (!underline.primary) row.put(underline.cells, '-', Tone::note);
  }
  for (const Underline& underline : underlines) {
    if (underline.primary) row.put(underline.cells, '^', primary);
  }
  return row;
}

/// Bars down to the texts that come further below.
Row bars(std::vector<Underline>::const_iterator begin, std::vector<Underline>::const_iterator end, Tone primary) {
  Row row;
  for (auto underline = begin; underline != end; ++underline) {
    row.put({underline->cells.begin, underline->cells.begin + 1}, '|', tone(*underline, primary));
  }
  return row;
}

}  // namespace

std::vector<std::string> underline_rows(std::vector<Underline> underlines, Tone primary, const Paint& paint) {
  const Row base = base_row(underlines, primary);
  // From the last to the first: only the text of the one that ends last has free room on its right.
  std::stable_sort(underlines.begin(), underlines.end(), [](const Underline& a, const Underline& b) {
    return std::tie(a.cells.begin, a.cells.end, a.primary) < std::tie(b.cells.begin, b.cells.end, b.primary);
  });
  const auto last = std::max_element(underlines.begin(), underlines.end(), [](const Underline& a, const Underline& b) {
    return std::tie(a.cells.end, a.cells.begin, a.primary) < std::tie(b.cells.end, b.cells.begin, b.primary);
  });
  std::vector<std::string> rows{base.paint_with(paint, last->cells.end + 1, last->text, tone(*last, primary))};
  underlines.erase(last);
  std::erase_if(underlines, [](const Underline& underline) { return underline.text.empty(); });
  if (underlines.empty()) return rows;
  rows.push_back(bars(underlines.begin(), underlines.end(), primary).paint_with(paint, 0, "", Tone::plain));
  for (auto next = underlines.end(); next != underlines.begin();) {
    --next;
    const unsigned at = next->cells.begin;
    const auto left = std::find_if(underlines.begin(), next, [&](const Underline& other) { return other.cells.begin == at; });
    rows.push_back(bars(underlines.begin(), left, primary).paint_with(paint, at, next->text, tone(*next, primary)));
  }
  return rows;
}

}  // namespace hop
