#pragma once
// Frames: a place in a file, the source lines there, and what is said about parts of them.
// Knows nothing of rules, effects or fixes.

#include <string>
#include <vector>

#include "report/paint.h"
#include "report/redact.h"
#include "report/render.h"

namespace hop {

struct Mark {
  Span where;
  std::string text;  ///< may be empty: underlined only
  bool primary = false;
  friend bool operator==(const Mark&, const Mark&) = default;
};

/// The first mark is the one the frame is about.
struct Frame {
  std::string title;  ///< of the object it shows; not escaped
  std::vector<Mark> marks;
};

/// The finding's own place first. Notes of one object, or close by in the same file, share a frame. Places in no file are left out.
std::vector<Frame> frames_of(const Diagnostic& finding, const Manifests& manifests);

/// Draws frames one below the other, with one gutter.
class FramePainter {
 public:
  /// `gutter` is the width of the highest line number. The arguments must outlive this.
  FramePainter(const Manifests& manifests, Secrets& secrets, const TextStyle& style, Severity severity, unsigned gutter);

  /// What leads to the place: "-->" or, for a related one, ":::".
  void draw(std::string& out, const Frame& frame, std::string_view arrow) const;
  /// "   |"
  std::string empty_line() const;
  /// "   = effect: …"; `text` is escaped here.
  std::string fact(std::string_view word, std::string_view text) const;

 private:
  void draw_head(std::string& out, const Frame& frame, std::string_view arrow) const;
  void draw_line(std::string& out, FileId file, std::uint32_t number, const std::vector<const Mark*>& marks) const;
  void draw_marks(std::string& out, const class LineView& view, Span line, const std::vector<const Mark*>& marks) const;
  std::string numbered(std::string_view number, std::string_view text) const;

  const Manifests* manifests_;
  Secrets* secrets_;
  const TextStyle* style_;
  Severity severity_;
  unsigned gutter_;
  Paint paint_;
};

/// Number of the line where a place begins.
std::uint32_t line_of(const Sources& sources, Span place);

}  // namespace hop
