#include <algorithm>

#include "yaml/fast_pass.h"

namespace hop::yaml {
namespace {

/// Of the line breaks at the end: none, one, or all.
enum Chomping : int { strip, clip, keep };

/// Joins the lines of a block scalar.
class Lines {
 public:
  Lines(std::string& out, bool folded) : out_(out), folded_(folded) {}

  void add(std::string_view line, bool has_break) {
    const bool blank = is_blank(line.front());
    if (folded_ && any_ && !blank && !blank_) {
      if (breaks_ == 1) out_.push_back(' ');
      --breaks_;
      if (breaks_ > 0) out_.append(breaks_, '\n');
    } else {
      out_.append(breaks_, '\n');
    }
    out_.append(line);
    breaks_ = has_break ? 1 : 0;
    ended_ = has_break;
    blank_ = blank;
    any_ = true;
  }
  void add_blank() { ++breaks_; }
  void finish(int chomping) {
    if (chomping == keep) out_.append(breaks_, '\n');
    if (chomping == clip && ended_) out_.push_back('\n');
  }

 private:
  std::string& out_;
  bool folded_;
  std::size_t breaks_ = 0;  // since the last line that is not blank
  bool any_ = false;
  bool ended_ = false;  // whether the last line that is not blank has a line break
  bool blank_ = false;  // whether that line begins with a blank: then its break is not folded
};

}  // namespace

/// At `|` or `>`. Leaves at_ on the line behind it.
bool FastPass::read_block_scalar(Item& item) {
  item.begin = at_;
  item.style = text_[at_] == '|' ? Style::literal : Style::folded;
  int chomping = clip;
  std::uint32_t increment = 0;
  for (++at_; !ends_word(peek(at_)); ++at_) {
    const char c = peek(at_);
    if ((c == '-' || c == '+') && chomping == clip) {
      chomping = c == '-' ? strip : keep;
    } else if (c >= '1' && c <= '9' && increment == 0) {
      increment = static_cast<std::uint32_t>(c - '0');
    } else {
      return false;
    }
  }
  if (indent() < 0 || !finish_line()) return false;
  item.end = at_;
  next_line();
  std::uint32_t content_indent = 0;
  return find_block_indent(increment, content_indent) && read_block_lines(item, content_indent, chomping);
}

/// The indentation is that of the first line that is not blank. A longer blank line above it makes the library guess otherwise.
bool FastPass::find_block_indent(std::uint32_t increment, std::uint32_t& content_indent) const {
  const auto least = static_cast<std::uint32_t>(indent() + 1);
  content_indent = least - 1 + increment;
  if (increment > 0) return true;
  std::uint32_t longest_blank = 0, column = 0;
  for (std::uint32_t at = at_;; ++at) {
    const char c = peek(at);
    if (c == '\n') {
      longest_blank = std::max(longest_blank, column);
      column = 0;
    } else if (c == ' ') {
      ++column;
    } else if (c != '\r') {
      content_indent = std::max(column, least);
      return longest_blank <= content_indent && c != '\t';
    }
  }
}

bool FastPass::read_block_lines(Item& item, std::uint32_t content_indent, int chomping) {
  const std::size_t begin = tree_.begin_text();
  Lines lines(tree_.scratch.edit(), item.style == Style::folded);
  std::uint32_t first = at_;
  bool any = false;
  while (true) {
    at_ = std::min(narrow(skip_spaces(text_, at_)), line_ + content_indent);
    const char c = peek(at_);
    if (c == '\n' || c == '\r') {
      lines.add_blank();
    } else if (column() < content_indent || c == '\0') {
      if (c == '\t') return false;
      break;
    } else {
      if (!any) first = at_;
      any = true;
      const std::uint32_t end = line_end_from(at_);
      const std::string_view line = text_.substr(at_, end - at_);
      lines.add(line, end < text_.size());
      if (line.find_first_not_of(' ') != std::string_view::npos) item.end = end;
      at_ = end;
    }
    if (!next_line()) break;
  }
  lines.finish(chomping);
  finish_scratch(item, begin, first);
  return true;
}

}  // namespace hop::yaml
