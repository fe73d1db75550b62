#include "report/frame.h"

#include <algorithm>
#include <map>
#include <ranges>

#include "report/line_view.h"
#include "report/underline.h"
#include "report/wording.h"
#include "text/unicode.h"

namespace hop {
namespace {

constexpr unsigned title_column = 61;    ///< where the object's name stands when there is room
constexpr unsigned close_by = 6;         ///< lines; places nearer than this are shown in one piece
constexpr unsigned widest_line = 400;    ///< cells, where the terminal sets no bound: a file of JSON may be one line
constexpr unsigned narrowest_line = 20;  ///< cells, whatever the terminal says

unsigned display_width(std::string_view text) {
  unsigned width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = code_point_at(text, at);
    width += cell_width(character.value);
    at += character.length;
  }
  return width;
}

/// File::position counts columns as well, which takes long in a line of megabytes.
std::uint32_t line_at(const File& file, std::uint32_t offset) {
  const auto numbers = std::views::iota(2U, file.line_count() + 1);
  const auto after = std::ranges::partition_point(numbers, [&](std::uint32_t number) { return file.line_begin(number) <= offset; });
  return static_cast<std::uint32_t>(after - numbers.begin()) + 1;
}

bool is_close(const Frame& frame, std::uint32_t line, const Sources& sources) {
  return std::any_of(frame.marks.begin(), frame.marks.end(), [&](const Mark& mark) {
    const std::uint32_t other = line_of(sources, mark.where);
    return std::max(line, other) - std::min(line, other) <= close_by;
  });
}

void add_note(std::vector<Frame>& frames, const Note& note, const Manifests& manifests) {
  const Sources& sources = manifests.run().input->sources;
  std::string title = manifests.title(note.where);
  const std::uint32_t line = line_of(sources, note.where);
  const auto home = std::find_if(frames.begin(), frames.end(), [&](const Frame& frame) {
    return frame.marks.front().where.file == note.where.file && (frame.title == title || is_close(frame, line, sources));
  });
  Mark mark{note.where, note.text, false};
  if (home == frames.end()) {
    frames.push_back({std::move(title), {std::move(mark)}});
  } else if (std::find(home->marks.begin(), home->marks.end(), mark) == home->marks.end()) {
    home->marks.push_back(std::move(mark));
  }
}

/// Lines with something to say, in order.
using Lines = std::map<std::uint32_t, std::vector<const Mark*>>;

Lines lines_of(const Frame& frame, const Sources& sources) {
  Lines lines;
  for (const Mark& mark : frame.marks) lines[line_of(sources, mark.where)].push_back(&mark);
  return lines;
}

/// A place over several lines is underlined on its first; the text says how many follow.
std::string text_of(const Mark& mark, const File& file) {
  const std::uint32_t first = line_at(file, mark.where.begin);
  const std::uint32_t last = line_at(file, std::max(mark.where.begin, mark.where.end - (mark.where.empty() ? 0 : 1)));
  const std::uint32_t more = last - first;
  std::string text = escape_controls(mark.text);
  if (more == 0) return text;
  return text.empty() ? format("and {}", counted(more, "more line", "more lines"))
                      : format("{} (and {})", text, counted(more, "more line", "more lines"));
}

Stretch part_of(Span place, Span line) {
  return {std::clamp(place.begin, line.begin, line.end) - line.begin, std::clamp(place.end, line.begin, line.end) - line.begin};
}

}  // namespace

std::uint32_t line_of(const Sources& sources, Span place) { return line_at(sources[place.file], place.begin); }

std::vector<Frame> frames_of(const Diagnostic& finding, const Manifests& manifests) {
  std::vector<Frame> frames;
  if (finding.where) frames.push_back({manifests.title(finding.where), {{finding.where, finding.label, true}}});
  for (const Note& note : finding.notes) {
    if (note.where) add_note(frames, note, manifests);
  }
  return frames;
}

FramePainter::FramePainter(const Manifests& manifests, Secrets& secrets, const TextStyle& style, Severity severity, unsigned gutter)
    : manifests_(&manifests), secrets_(&secrets), style_(&style), severity_(severity), gutter_(gutter), paint_(style.colour) {}

std::string FramePainter::numbered(std::string_view number, std::string_view text) const {
  const std::string bar = paint_(Tone::dim, format("{:>{}} |", number, gutter_));
  return text.empty() ? bar + "\n" : format("{} {}\n", bar, text);
}

std::string FramePainter::empty_line() const { return numbered("", ""); }

std::string FramePainter::fact(std::string_view word, std::string_view text) const {
  const std::string sign = paint_(Tone::dim, format("{:>{}}", "=", gutter_ + 2));
  return format("{} {} {}\n", sign, paint_(Tone::strong, format("{}:", word)), escape_controls(text));
}

void FramePainter::draw_head(std::string& out, const Frame& frame, std::string_view arrow) const {
  const std::string place = location(manifests_->run().input->sources, frame.marks.front().where);
  const std::string title = escape_controls(frame.title);
  out += format("{} {}", paint_(Tone::dim, format("{:>{}}", arrow, gutter_ + 3)), place);
  const unsigned used = gutter_ + 4 + display_width(place);
  unsigned column = std::max(title_column, used + 2);
  const unsigned needed = display_width(title);
  if (style_->width != 0 && column + needed > style_->width) column = style_->width - std::min(needed, style_->width);
  if (!title.empty() && column >= used + 2) out += std::string(column - used, ' ') + title;
  out += '\n';
}

void FramePainter::draw(std::string& out, const Frame& frame, std::string_view arrow) const {
  draw_head(out, frame, arrow);
  const Sources& sources = manifests_->run().input->sources;
  const FileId file = frame.marks.front().where.file;
  if (sources[file].text().empty()) return;
  out += empty_line();
  std::uint32_t previous = 0;
  for (const auto& [number, marks] : lines_of(frame, sources)) {
    if (previous != 0 && number - previous > close_by) {
      out += paint_(Tone::dim, "...") + "\n";
    } else if (previous != 0) {
      for (std::uint32_t between = previous + 1; between < number; ++between) draw_line(out, file, between, {});
    }
    draw_line(out, file, number, marks);
    previous = number;
  }
}

void FramePainter::draw_line(std::string& out, FileId file, std::uint32_t number, const std::vector<const Mark*>& marks) const {
  const File& source = manifests_->run().input->sources[file];
  const std::string_view text = source.line(number);
  const std::uint32_t begin = source.line_begin(number);
  const Span line{file, begin, begin + static_cast<std::uint32_t>(text.size())};
  std::vector<Stretch> blanked;
  for (const Span secret : secrets_->within(line)) blanked.push_back(part_of(secret, line));
  const unsigned room = style_->width - std::min(style_->width, gutter_ + 3);
  const unsigned cells = style_->width == 0 ? widest_line : std::max(room, narrowest_line);
  const Stretch focus = marks.empty() ? Stretch{} : part_of(marks.front()->where, line);
  const LineView view(text, blanked, focus, {cells, style_->unicode});
  out += numbered(format("{}", number), view.text());
  if (!marks.empty()) draw_marks(out, view, line, marks);
}

void FramePainter::draw_marks(std::string& out, const LineView& view, Span line, const std::vector<const Mark*>& marks) const {
  const File& file = manifests_->run().input->sources[line.file];
  std::vector<Underline> underlines;
  underlines.reserve(marks.size());
  for (const Mark* const mark : marks) {
    underlines.push_back({view.cells(part_of(mark->where, line)), text_of(*mark, file), mark->primary});
  }
  for (const std::string& row : underline_rows(std::move(underlines), tone_of(severity_), paint_)) out += numbered("", row);
}

}  // namespace hop
