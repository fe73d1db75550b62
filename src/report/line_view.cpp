#include "report/line_view.h"

#include <algorithm>

#include "text/unicode.h"

namespace hop {
namespace {

constexpr unsigned tab_width = 4;  // as File counts cells
constexpr unsigned blank_width = 8;

/// A line may be a whole file of JSON: only bytes that could be shown are laid out.
Stretch window_around(std::string_view line, Stretch focus, unsigned cells) {
  const std::size_t shown = static_cast<std::size_t>(cells) + blank_width;
  const std::size_t at = std::min(focus.begin, line.size());
  // A character takes up to four bytes, and others of no width may follow it; all of ASCII takes a byte, and a cell at least.
  const auto reach_of = [&](std::string_view piece) { return ascii_prefix(piece) == piece.size() ? shown : 4 * shown; };
  const std::size_t before = reach_of(line.substr(at - std::min(at, shown), std::min(at, shown)));
  const std::size_t behind = reach_of(line.substr(at, shown));
  Stretch window{at - std::min(at, before), std::min(line.size(), at + behind)};
  while (!is_character_boundary(line, window.begin)) --window.begin;
  while (!is_character_boundary(line, window.end)) ++window.end;
  return window;
}

std::string repeat(std::string_view piece, unsigned times) {
  std::string text;
  while (times-- > 0) text += piece;
  return text;
}

}  // namespace

LineView::LineView(std::string_view line, std::span<const Stretch> blanked, Stretch focus, LineLimits limits) {
  const Stretch window = window_around(line, focus, limits.cells);
  lay_out(line, window, blanked, limits);
  cut(line.size(), window, focus, limits);
}

void LineView::lay_out(std::string_view line, Stretch window, std::span<const Stretch> blanked, LineLimits limits) {
  auto blank = std::find_if(blanked.begin(), blanked.end(), [&](Stretch stretch) { return stretch.end > window.begin; });
  for (std::size_t at = window.begin; at < window.end;) {
    if (blank != blanked.end() && at >= blank->begin) {
      add(at, blank->end, repeat(limits.unicode ? "•" : "*", blank_width), blank_width);
      at = blank->end;
      ++blank;
      continue;
    }
    const CodePoint character = code_point_at(line, at);
    add_character(line, at, character.length, character.value);
    at += character.length;
  }
}

void LineView::add_character(std::string_view line, std::size_t at, std::size_t length, char32_t value) {
  const std::string_view piece = line.substr(at, length);
  if (value == '\t') {
    const unsigned cells = tab_width - width() % tab_width;
    return add(at, at + length, std::string(cells, ' '), cells);
  }
  const std::string shown = escape_controls(piece, true);
  if (shown != piece) return add(at, at + length, shown, static_cast<unsigned>(shown.size()));
  add(at, at + length, shown, cell_width(value));
}

void LineView::add(std::size_t begin, std::size_t end, std::string shown, unsigned width_of_it) {
  if (width_of_it == 0 && !glyphs_.empty()) {  // a mark that combines with what stands before it
    glyphs_.back().end = end;
    glyphs_.back().shown += shown;
    return;
  }
  glyphs_.push_back({begin, end, width(), width_of_it, std::move(shown)});
}

/// Keeps what fits. A third of the room is left for what leads to the focus.
void LineView::cut(std::size_t line_size, Stretch window, Stretch focus, LineLimits limits) {
  const bool whole = window.begin == 0 && window.end >= line_size;
  if (glyphs_.empty() || (whole && width() <= limits.cells)) return;
  const unsigned focus_begin = cells(focus).begin;
  const unsigned wanted = focus_begin - std::min(focus_begin, limits.cells / 3);
  const unsigned latest = width() - std::min(width(), limits.cells);
  keep_from(std::min(wanted, latest), line_size, window, limits);
}

/// What is missing stands as an ellipsis in the room that is left.
void LineView::keep_from(unsigned column, std::size_t line_size, Stretch window, LineLimits limits) {
  const std::string_view ellipsis = limits.unicode ? "…" : "...";
  const unsigned room = limits.unicode ? 1 : 3;
  std::vector<Glyph> all;
  all.swap(glyphs_);
  auto glyph = all.begin();
  if (column > 0 || window.begin > 0) {
    glyph = std::find_if(glyph, all.end(), [&](const Glyph& candidate) { return candidate.column >= column + room; });
    add(0, glyph == all.end() ? window.end : glyph->begin, std::string(ellipsis), room);
  }
  const unsigned total = all.back().column + all.back().width;
  for (; glyph != all.end(); ++glyph) {
    const bool rest_fits = window.end >= line_size && width() + total - glyph->column <= limits.cells;
    if (!rest_fits && width() + glyph->width + room > limits.cells) break;
    add(glyph->begin, glyph->end, std::move(glyph->shown), glyph->width);
  }
  const std::size_t shown_end = glyph == all.end() ? window.end : glyph->begin;
  if (shown_end < line_size) add(shown_end, line_size, std::string(ellipsis), room);
}

std::string LineView::text() const {
  std::string text;
  for (const Glyph& glyph : glyphs_) text += glyph.shown;
  return text;
}

Cells LineView::cells(Stretch bytes) const {
  const auto first = std::find_if(glyphs_.begin(), glyphs_.end(), [&](const Glyph& glyph) { return glyph.end > bytes.begin; });
  if (first == glyphs_.end()) return {width(), width() + 1};
  unsigned end = first->column + 1;
  for (auto glyph = first; glyph != glyphs_.end() && (glyph == first ? bytes.end > bytes.begin : glyph->begin < bytes.end); ++glyph) {
    end = std::max(end, glyph->column + glyph->width);
  }
  return {first->column, end};
}

}  // namespace hop
