#include "yaml/text_map.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "text/unicode.h"
#include "yaml/keys.h"
#include "yaml/lines.h"

namespace hop::yaml {
namespace {

std::uint32_t narrow(std::size_t value) { return static_cast<std::uint32_t>(value); }

bool is_blank(char c) { return c == ' ' || c == '\t'; }

struct Escape {
  std::size_t source = 2, text = 1;  // lengths in bytes
};

/// Escapes of double-quoted scalars: YAML 1.1 section 5.6.
Escape escape_at(std::string_view source, std::size_t at) {
  const char letter = at + 1 < source.size() ? source[at + 1] : ' ';
  if (letter == '_' || letter == 'N') return {2, 2};
  if (letter == 'L' || letter == 'P') return {2, 3};
  const std::size_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
  if (digits == 0) return {2, 1};
  std::uint32_t value = 0;
  const std::string_view hex = source.substr(std::min(at + 2, source.size()), digits);
  std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
  std::string encoded;
  append_utf8(encoded, static_cast<char32_t>(value));
  return {2 + digits, encoded.size()};
}

/// Walks a plain or quoted scalar of more than one line or with escapes, and counts how far its text has come.
class FlowWalk {
 public:
  FlowWalk(std::string_view source, std::size_t begin, std::size_t end, Style style)
      : source_(source.substr(0, end)), at_(begin), style_(style) {}
  OffsetMap run();

 private:
  void copy();
  void skip_escape(Escape escape);
  void fold(std::size_t given_away);
  void mark(std::size_t outer, bool same = true) { map_.runs.push_back({narrow(text_), narrow(outer), same}); }

  std::string_view source_;
  std::size_t at_;
  Style style_;
  std::size_t text_ = 0;
  std::size_t copied_ = 0;    // bytes since the last escape or line break
  std::size_t line_end_ = 0;  // of the line that was read last
  OffsetMap map_;
};

void FlowWalk::copy() {
  const char escape = style_ == Style::double_quoted ? '\\' : '\'';
  if (at_ > line_end_ || line_end_ == 0) line_end_ = line_end(source_, at_);  // once for each line, which may have many escapes
  const std::size_t stop = style_ == Style::plain ? line_end_ : std::min(source_.substr(0, line_end_).find(escape, at_), line_end_);
  copied_ = stop - at_;
  text_ += copied_;
  at_ = stop;
}

void FlowWalk::skip_escape(Escape escape) {
  mark(at_, false);
  at_ += escape.source;
  text_ += escape.text;
  mark(at_);
}

/// At a line break, or behind the backslash that takes it away: blanks around it vanish, one break is a space, more are one less.
void FlowWalk::fold(std::size_t given_away) {
  std::size_t blanks = 0;
  if (given_away == 0) {
    while (blanks < copied_ && is_blank(source_[at_ - 1 - blanks])) ++blanks;
  }
  text_ -= blanks;
  mark(at_ - blanks, false);
  const std::size_t behind_first = next_line(source_, at_);
  std::size_t breaks = 0;
  while (at_ < source_.size() && (is_blank(source_[at_]) || break_at(source_, at_) != 0)) {
    const bool blank = is_blank(source_[at_]);
    at_ = blank ? at_ + 1 : next_line(source_, at_);
    if (!blank) ++breaks;
  }
  text_ += given_away == 0 && breaks == 1 ? 1 : breaks - 1;
  mark(behind_first);
  mark(at_);
}

OffsetMap FlowWalk::run() {
  mark(at_);
  while (at_ < source_.size()) {
    copy();
    if (at_ >= source_.size()) break;
    if (break_at(source_, at_) != 0) {
      fold(0);
    } else if (source_[at_] == '\'') {
      skip_escape({2, 1});
    } else if (break_at(source_, at_ + 1) != 0) {
      mark(at_, false);
      ++at_;
      fold(1);
    } else {
      skip_escape(escape_at(source_, at_));
    }
  }
  map_.outer_end = narrow(source_.size());
  return std::move(map_);
}

std::size_t count_spaces(std::string_view text, std::size_t at) { return std::min(text.find_first_not_of(' ', at), text.size()) - at; }

/// How many spaces the parser took from each line, seen at the first line that holds text.
std::size_t block_indent(std::string_view source, std::size_t first_line, std::string_view text) {
  std::size_t text_begin = 0;
  while (const std::size_t width = break_at(text, text_begin)) text_begin += width;
  std::size_t line = first_line;
  while (line < source.size() && line + count_spaces(source, line) == line_end(source, line)) {
    line = next_line(source, line_end(source, line));
  }
  const std::size_t spaces = count_spaces(source, line), kept = count_spaces(text, text_begin);
  return spaces > kept ? spaces - kept : 0;
}

/// Length of a space or line break, which is what may stand between two lines of folded text.
std::size_t separator_at(std::string_view text, std::size_t at) { return at < text.size() && text[at] == ' ' ? 1 : break_at(text, at); }

/// Finds every source line again in the text of a literal or folded scalar; what stands between is spaces and line ends of the fold.
OffsetMap map_block(std::string_view source, const Item& scalar, std::string_view text) {
  OffsetMap map;
  map.outer_end = scalar.end;
  std::size_t line = next_line(source, line_end(source, scalar.begin));
  const std::size_t indent = block_indent(source, line, text);
  map.runs.push_back({0, narrow(std::min<std::size_t>(line + std::min(indent, count_spaces(source, line)), scalar.end))});
  for (std::size_t at = 0; line < scalar.end;) {
    const std::size_t begin = line + std::min(indent, count_spaces(source, line)), end = line_end(source, line);
    const std::string_view content = begin < end ? source.substr(begin, end - begin) : std::string_view();
    if (!content.empty()) {
      while (at < text.size() && text.substr(at, content.size()) != content && separator_at(text, at) != 0) at += separator_at(text, at);
      if (text.substr(at, content.size()) != content) break;
      if (at > 0) map.runs.push_back({narrow(at), narrow(line)});
      map.runs.push_back({narrow(at), narrow(begin)});
      at += content.size();
      map.runs.push_back({narrow(at), narrow(end), scalar.style == Style::literal && end < source.size() && source[end] == '\n'});
    }
    line = next_line(source, end);
  }
  return map;
}

}  // namespace

OffsetMap map_text(const Tree& tree, const Item& scalar) {
  if ((scalar.flags & in_scratch) == 0) return {{{0, scalar.data}}, scalar.data + narrow(tree.text(scalar).size())};
  switch (scalar.style) {
    case Style::literal:
    case Style::folded:
      return map_block(tree.source, scalar, tree.text(scalar));
    case Style::plain:
      return FlowWalk(tree.source, scalar.begin, scalar.end, scalar.style).run();
    default:
      return FlowWalk(tree.source, scalar.begin + 1, scalar.end - 1, scalar.style).run();
  }
}

OffsetMap compose(const OffsetMap& inner, const OffsetMap& outer) {
  OffsetMap result;
  result.outer_end = outer.to_outer_end(inner.outer_end);
  for (std::size_t i = 0; i < inner.runs.size(); ++i) {
    const OffsetMap::Run run = inner.runs[i];
    const bool last = i + 1 == inner.runs.size();
    if (!last && inner.runs[i + 1].inner == run.inner) {
      result.runs.push_back({run.inner, outer.to_outer_end(run.outer)});
      continue;
    }
    result.runs.push_back({run.inner, outer.to_outer(run.outer), run.same && outer.same_at(run.outer)});
    const std::uint32_t end = last ? inner.outer_end : run.outer + (inner.runs[i + 1].inner - run.inner);
    const auto behind = [](std::uint32_t place, const OffsetMap::Run& other) { return place < other.inner; };
    for (auto next = std::upper_bound(outer.runs.begin(), outer.runs.end(), run.outer, behind);
         next != outer.runs.end() && next->inner < end; ++next) {
      result.runs.push_back({run.inner + (next->inner - run.outer), next->outer, run.same && next->same});
    }
  }
  return result;
}

std::uint32_t OffsetMap::to_outer(std::uint32_t inner) const {
  if (runs.empty()) return outer_end;
  const auto next =
      std::upper_bound(runs.begin(), runs.end(), inner, [](std::uint32_t place, const Run& run) { return place < run.inner; });
  const Run run = next == runs.begin() ? *next : *(next - 1);
  const std::uint32_t limit = next == runs.end() ? outer_end : next->outer;
  return std::max(run.outer, std::min(run.outer + (inner - std::min(run.inner, inner)), limit));
}

std::uint32_t OffsetMap::to_outer_end(std::uint32_t inner) const {
  const auto run =
      std::lower_bound(runs.begin(), runs.end(), inner, [](const Run& other, std::uint32_t place) { return other.inner < place; });
  return run != runs.end() && run->inner == inner ? run->outer : to_outer(inner);
}

bool OffsetMap::same_at(std::uint32_t inner) const {
  const auto next =
      std::upper_bound(runs.begin(), runs.end(), inner, [](std::uint32_t place, const Run& run) { return place < run.inner; });
  return next != runs.begin() && (next - 1)->same;
}

bool OffsetMap::verbatim(std::uint32_t begin, std::uint32_t end) const {
  const std::uint32_t outer_begin = to_outer(begin);
  if (to_outer_end(end) - outer_begin != end - begin || (begin < end && !same_at(begin))) return false;
  return std::all_of(runs.begin(), runs.end(), [&](const Run& run) {
    return run.inner <= begin || run.inner >= end || (run.same && run.outer - outer_begin == run.inner - begin);
  });
}

}  // namespace hop::yaml
