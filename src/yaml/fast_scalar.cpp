#include <algorithm>
#include <optional>

#include "text/unicode.h"
#include "yaml/fast_pass.h"

namespace hop::yaml {
namespace {

/// What `\c` stands for in double quotes; nothing for `\x`, `\u`, `\U` and for what is no escape.
std::string_view escaped(char c) {
  switch (c) {
    case '0':
      return {"\0", 1};
    case 'a':
      return "\a";
    case 'b':
      return "\b";
    case 't':
    case '\t':
      return "\t";
    case 'n':
      return "\n";
    case 'v':
      return "\v";
    case 'f':
      return "\f";
    case 'r':
      return "\r";
    case 'e':
      return "\x1b";
    case ' ':
      return " ";
    case '"':
      return "\"";
    case '/':
      return "/";
    case '\\':
      return "\\";
    default:
      return {};
  }
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

/// Plain or quoted.
bool FastPass::read_scalar(Item& item, bool flow) {
  const char c = peek(at_);
  return c == '"' || c == '\'' ? read_quoted(item) : read_plain(item, flow);
}

/// In flow collections `?` and `:` are indicators whatever stands behind them.
bool FastPass::starts_plain(bool flow) const {
  const char c = peek(at_);
  if (c != '-' && c != '?' && c != ':') return !is_indicator(c);
  if (flow && c != '-') return false;
  const char next = peek(at_ + 1);
  return !ends_word(next) && !(flow && is_flow_indicator(next));
}

/// Where plain text ends on this line, blanks behind it included.
bool FastPass::find_plain_stop(std::uint32_t from, bool flow, std::uint32_t& stop) const {
  if (flow) return find_flow_plain_stop(from, stop);
  for (std::size_t at = from;; ++at) {
    at = find_any(text_, at, ':', '#', '\n');
    const char c = peek(at);
    if (c == ':' && !ends_word(peek(at + 1))) continue;
    if (c == '#' && !is_blank(text_[at - 1])) continue;
    stop = narrow(at);
    return true;
  }
}

/// `a:,` is an error and `?` differs between versions of the library.
bool FastPass::find_flow_plain_stop(std::uint32_t from, std::uint32_t& stop) const {
  for (stop = from; stop < text_.size(); ++stop) {
    const char c = text_[stop];
    if (c == '\n' || is_flow_indicator(c)) return true;
    if (c == '#' && is_blank(text_[stop - 1])) return true;
    if (c == '?') return false;
    if (c != ':') continue;
    const char next = peek(stop + 1);
    if (ends_word(next)) return true;
    if (next == '?' || is_flow_indicator(next)) return false;
  }
  return true;
}

std::uint32_t FastPass::trim(std::uint32_t begin, std::uint32_t end) const {
  while (end > begin && (is_blank(text_[end - 1]) || text_[end - 1] == '\r')) --end;
  return end;
}

bool FastPass::read_plain(Item& item, bool flow) {
  if (!starts_plain(flow)) return false;
  std::uint32_t stop = 0;
  if (!find_plain_stop(at_, flow, stop)) return false;
  item.begin = item.data = at_;
  item.end = at_ = trim(item.begin, stop);
  return peek(stop) != '\n' || continue_plain(item, stop, flow);
}

/// From a line end to the first character of the next line that is not blank. Tabs are doubtful where indentation matters.
bool FastPass::skip_breaks(std::uint32_t& at, std::uint32_t& line, std::uint32_t& breaks) const {
  breaks = 0;
  while (true) {
    const char c = peek(at);
    if (c == '\n') {
      ++breaks;
      line = at + 1;
      at = narrow(skip_spaces(text_, line));
    } else if (c == '\r' || c == ' ' || (c == '\t' && indent() < 0)) {
      ++at;
    } else {
      return c != '\t';
    }
  }
}

/// Whether plain text continues with this line.
bool FastPass::goes_on(std::uint32_t at, std::uint32_t line, bool flow) const {
  const char c = peek(at);
  if (c == '\0' || c == '#') return false;
  return flow ? !is_flow_indicator(c) : static_cast<std::int32_t>(at - line) > indent();
}

void FastPass::fold(std::uint32_t breaks) {
  if (breaks == 1) {
    tree_.scratch.edit().push_back(' ');
  } else {
    tree_.scratch.edit().append(breaks - 1, '\n');
  }
}

bool FastPass::continue_plain(Item& item, std::uint32_t stop, bool flow) {
  std::optional<std::size_t> begin;  // of its text in scratch
  while (peek(stop) == '\n') {
    std::uint32_t next = stop, line = line_, breaks = 0;
    if (!skip_breaks(next, line, breaks)) return false;
    if (!goes_on(next, line, flow)) {
      at_ = token_at_ = next;
      line_ = line;
      break;
    }
    if (next == line) return false;  // document markers and directives begin there
    if (!begin) {
      begin = tree_.begin_text();
      tree_.scratch.edit().append(text_.substr(item.begin, item.end - item.begin));
    }
    fold(breaks);
    if (!find_plain_stop(next, flow, stop) || stop == next) return false;
    line_ = line;
    item.end = at_ = trim(next, stop);
    tree_.scratch.edit().append(text_.substr(next, at_ - next));
  }
  if (begin) finish_scratch(item, *begin, item.begin);
  return true;
}

/// Points at scratch from `begin` on, unless the same stands in the source.
void FastPass::finish_scratch(Item& item, std::size_t begin, std::uint32_t source) const {
  const std::string_view text = tree_.scratch.view().substr(begin);
  if (text_.substr(source, text.size()) == text && item.stand_at(source, text.size())) {
    tree_.drop_text(begin);
  } else {
    tree_.end_text(item, begin);
  }
}

bool FastPass::read_quoted(Item& item) {
  const char quote = text_[at_];
  item.begin = at_++;
  item.style = quote == '"' ? Style::double_quoted : Style::single_quoted;
  const std::uint32_t stop = narrow(find_any(text_, at_, quote, quote == '"' ? '\\' : '\'', '\n'));
  if (peek(stop) != quote || (quote == '\'' && peek(stop + 1) == '\'')) return decode_quoted(item, stop);
  item.end = stop + 1;
  item.stand_at(at_, stop - at_);
  at_ = item.end;
  return true;
}

/// The rare rest: escapes and line breaks. `stop` is the first of them.
bool FastPass::decode_quoted(Item& item, std::uint32_t stop) {
  const char quote = text_[item.begin];
  const std::size_t begin = tree_.begin_text();
  while (true) {
    const char c = peek(stop);
    if (c == '\0') return false;
    const std::uint32_t end = c == '\n' ? trim(at_, stop) : stop;
    tree_.scratch.edit().append(text_.substr(at_, end - at_));
    at_ = stop;
    if (c == '\n') {
      if (!decode_break(false)) return false;
    } else if (c == '\\') {
      if (!decode_escape()) return false;
    } else if (quote == '\'' && peek(stop + 1) == '\'') {
      tree_.scratch.edit().push_back('\'');
      at_ += 2;
    } else {
      break;
    }
    stop = narrow(find_any(text_, at_, quote, quote == '"' ? '\\' : '\'', '\n'));
  }
  item.end = ++at_;
  finish_scratch(item, begin, item.begin + 1);
  return true;
}

/// At a line end. One that is escaped leaves no space.
bool FastPass::decode_break(bool escaped) {
  std::uint32_t breaks = 0;
  for (;; ++at_) {
    const char c = peek(at_);
    if (c == '\n') {
      ++breaks;
      line_ = at_ + 1;
    } else if (!is_blank(c) && c != '\r') {
      break;
    }
  }
  if (at_ == line_) return false;  // document markers and directives begin there
  if (escaped) {
    tree_.scratch.edit().append(breaks - 1, '\n');
  } else {
    fold(breaks);
  }
  return true;
}

/// At a backslash.
bool FastPass::decode_escape() {
  const char c = peek(++at_);
  if (c == '\n' || c == '\r') return decode_break(true);
  if (c == 'x') return decode_number(2);
  if (c == 'u') return decode_number(4);
  if (c == 'U') return decode_number(8);
  const std::string_view text = escaped(c);
  if (text.empty()) return false;
  tree_.scratch.edit().append(text);
  ++at_;
  return true;
}

bool FastPass::decode_number(std::size_t digits) {
  char32_t value = 0;
  ++at_;
  for (; digits > 0; --digits) {
    const int digit = hex_digit(peek(at_++));
    if (digit < 0 || value > 0xfffffff) return false;
    value = value << 4U | static_cast<char32_t>(digit);
  }
  if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return false;
  append_utf8(tree_.scratch.edit(), value);
  return true;
}

}  // namespace hop::yaml
