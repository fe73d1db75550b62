#include "report/json_text.h"

#include <utility>

#include "text/format.h"
#include "text/unicode.h"

namespace hop {
namespace {

void append_unit(std::string& out, unsigned unit) { out += format("\\u{:04x}", unit); }

void append_character(std::string& out, char32_t value) {
  constexpr std::string_view escaped = "\"\\\b\f\n\r\t";
  constexpr std::string_view letters = "\"\\bfnrt";
  const std::size_t at = value < 0x80 ? escaped.find(static_cast<char>(value)) : std::string_view::npos;
  if (at != std::string_view::npos) {
    out += {'\\', letters[at]};
  } else if (value >= 0x20 && value < 0x7f) {
    out += static_cast<char>(value);
  } else if (value < 0x10000) {
    append_unit(out, value);
  } else {
    append_unit(out, 0xd800 + ((value - 0x10000) >> 10U));
    append_unit(out, 0xdc00 + ((value - 0x10000) & 0x3ffU));
  }
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = code_point_at(text, at);
    append_character(out, character.value);
    at += character.length;
  }
  return out + '"';
}

/// Index behind the string that begins at `at`.
std::size_t behind_string(std::string_view text, std::size_t at) {
  for (++at; text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return at + 1;
}

}  // namespace

Json::Json(std::string_view text) : text_(quoted(text)) {}

Json::Json(std::initializer_list<Member> members) : text_("{}") {
  for (const Member& member : members) add(member.name, member.value);
}

Json Json::null() {
  Json json = false;
  json.text_ = "null";
  return json;
}

Json Json::verbatim(std::string text) {
  Json json = false;
  json.text_ = std::move(text);
  return json;
}

Json Json::list() {
  Json json = false;
  json.text_ = "[]";
  return json;
}

void Json::append(std::string_view text) {
  const char bracket = text_.back();
  text_.pop_back();
  if (text_.size() > 1) text_ += ',';
  text_ += text;
  text_ += bracket;
}

void Json::add(std::string_view name, const Json& value) { append(quoted(name) + ":" + value.text_); }

void Json::push_back(const Json& value) { append(value.text_); }

std::string Json::pretty() const {
  std::string out;
  std::size_t depth = 0;
  const auto new_line = [&] { out += "\n" + std::string(2 * depth, ' '); };
  for (std::size_t at = 0; at < text_.size();) {
    const char c = text_[at];
    if (c == '"') {
      const std::size_t end = behind_string(text_, at);
      out.append(text_, at, end - at);
      at = end;
      continue;
    }
    ++at;
    const bool opens = c == '{' || c == '[';
    const bool closes = c == '}' || c == ']';
    const bool is_empty = closes && (text_[at - 2] == '{' || text_[at - 2] == '[');
    if (closes && !is_empty) --depth, new_line();
    out += c;
    if (opens && at < text_.size() && text_[at] != '}' && text_[at] != ']') ++depth, new_line();
    if (c == ',') new_line();
    if (c == ':') out += ' ';
  }
  return out + "\n";
}

}  // namespace hop
