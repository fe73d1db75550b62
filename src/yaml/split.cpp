#include <algorithm>
#include <cstring>
#include <string_view>

#include "text/scan.h"
#include "yaml/parse.h"

namespace hop::yaml {
namespace {

struct Line {
  std::size_t begin = 0, end = 0;  // without its line end
  std::size_t next = 0;
};

std::size_t find(std::string_view text, char wanted, std::size_t from) {
  if (from >= text.size()) return text.size();
  const void* found = std::memchr(text.data() + from, wanted, text.size() - from);
  return found == nullptr ? text.size() : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

/// Lone carriage returns end lines too, but looking for them in every line would double the cost for files that have none.
bool has_lone_carriage_return(std::string_view text) {
  for (std::size_t at = find(text, '\r', 0); at < text.size(); at = find(text, '\r', at + 1)) {
    if (at + 1 == text.size() || text[at + 1] != '\n') return true;
  }
  return false;
}

/// One line after the other. Each kind of line end is looked for once ahead of the line at hand.
class Lines {
 public:
  Lines(std::string_view text, bool lone_carriage_returns) : text_(text), lone_carriage_returns_(lone_carriage_returns) {}

  /// `begin` is never before that of the line asked for last.
  Line at(std::size_t begin) {
    if (feed_ == unknown || feed_ < begin) feed_ = find(text_, '\n', begin);
    if (lone_carriage_returns_) {
      if (carriage_return_ == unknown || carriage_return_ < begin) carriage_return_ = find(text_, '\r', begin);
      if (carriage_return_ + 1 < feed_) return {begin, carriage_return_, carriage_return_ + 1};
    }
    std::size_t end = feed_;
    const std::size_t next = end < text_.size() ? end + 1 : end;
    if (end > begin && text_[end - 1] == '\r') --end;
    return {begin, end, next};
  }

 private:
  static constexpr std::size_t unknown = std::string_view::npos;
  std::string_view text_;
  bool lone_carriage_returns_;
  std::size_t feed_ = unknown, carriage_return_ = unknown;
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool is_marker(std::string_view line, std::string_view marker) {
  return line.starts_with(marker) && (line.size() == marker.size() || is_blank(line[marker.size()]));
}

std::string_view trim_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool says_nothing(std::string_view trimmed) { return trimmed.empty() || trimmed.front() == '#'; }

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text), lone_carriage_returns_(has_lone_carriage_return(text)) {}
  std::vector<Chunk> run();

 private:
  std::size_t next_marked(std::size_t line);
  void open(const Line& line);
  void close(std::size_t end);
  bool only_directives(std::size_t end) const;
  bool blank(std::size_t end) const;

  std::string_view text_;
  bool lone_carriage_returns_;
  // Line ends before lines that begin so; those that were passed are looked for again.
  Lines lines_{text_, lone_carriage_returns_};
  std::size_t next_hyphen_ = find_pair(text_, 0, '\n', '-', 1), next_dot_ = find_pair(text_, 0, '\n', '.', 1);
  Chunk current_;
  std::vector<Chunk> chunks_;
};

/// Whether [begin of the chunk, end) holds directives and, apart from comments, nothing else.
bool Splitter::only_directives(std::size_t end) const {
  if (current_.marker_begin != current_.marker_end) return false;
  bool any = false;
  Lines lines(text_.substr(0, end), lone_carriage_returns_);
  for (Line line{0, 0, current_.begin}; line.next < end;) {
    line = lines.at(line.next);
    if (text_[line.begin] == '%') {
      any = true;
    } else if (!says_nothing(trim_blanks(text_.substr(line.begin, line.end - line.begin)))) {
      return false;
    }
  }
  return any;
}

bool Splitter::blank(std::size_t end) const {
  return text_.substr(current_.begin, end - current_.begin).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

void Splitter::close(std::size_t end) {
  current_.end = static_cast<std::uint32_t>(end);
  const bool marked = current_.marker_begin != current_.marker_end;
  if (marked || !blank(end)) chunks_.push_back(current_);
}

void Splitter::open(const Line& line) {
  const bool joins = only_directives(line.begin);
  const std::uint32_t directives = current_.begin;
  if (!joins) close(line.begin);
  current_ = {};
  current_.marker_begin = static_cast<std::uint32_t>(line.begin);
  current_.marker_end = static_cast<std::uint32_t>(line.end);
  const std::string_view rest = trim_blanks(text_.substr(line.begin + 3, line.end - line.begin - 3));
  const auto rest_begin = static_cast<std::uint32_t>(rest.data() - text_.data());
  current_.stray_begin = current_.stray_end = current_.marker_end;
  if (!says_nothing(rest)) {
    // kubectl cuts here and drops the rest of the line, whatever YAML makes of it: so do we, and a rule says so.
    current_.begin = static_cast<std::uint32_t>(line.next);
    current_.stray_begin = rest_begin;
    current_.stray_end = rest_begin + static_cast<std::uint32_t>(rest.size());
  } else {
    current_.begin = rest.empty() ? static_cast<std::uint32_t>(line.next) : rest_begin;
  }
  if (joins) current_.begin = directives;
}

/// The first line from this one on that begins with `-` or `.`, or the end. Without lone carriage returns line feeds tell.
std::size_t Splitter::next_marked(std::size_t line) {
  const auto is_marked = [&] { return line < text_.size() && (text_[line] == '-' || text_[line] == '.'); };
  if (lone_carriage_returns_) {
    while (line < text_.size() && !is_marked()) line = lines_.at(line).next;
    return line;
  }
  if (line >= text_.size() || (line == 0 && is_marked())) return line;
  const std::size_t before = line == 0 ? 0 : line - 1;
  if (next_hyphen_ < before) next_hyphen_ = find_pair(text_, before, '\n', '-', 1);
  if (next_dot_ < before) next_dot_ = find_pair(text_, before, '\n', '.', 1);
  return std::min(std::min(next_hyphen_, next_dot_) + 1, text_.size());
}

std::vector<Chunk> Splitter::run() {
  Line line;
  for (std::size_t begin = next_marked(0); begin < text_.size(); begin = next_marked(line.next)) {
    line = lines_.at(begin);
    const std::string_view content = text_.substr(line.begin, line.end - line.begin);
    if (is_marker(content, "---")) {
      open(line);
    } else if (is_marker(content, "...") && says_nothing(trim_blanks(content.substr(3)))) {
      close(line.begin);
      current_ = {};
      current_.begin = static_cast<std::uint32_t>(line.next);
    }
  }
  close(text_.size());
  return std::move(chunks_);
}

}  // namespace

std::vector<Chunk> split(std::string_view text) { return Splitter(text).run(); }

}  // namespace hop::yaml
