#include "yaml/template.h"

#include <algorithm>

namespace hop::yaml {
namespace {

bool is_name_character(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

bool all_name_characters(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_name_character); }

/// Whether `open` stands somewhere with `close` behind it and something between.
bool holds_pair(std::string_view text, std::string_view open, std::string_view close) {
  const std::size_t begin = text.find(open);
  if (begin == std::string_view::npos) return false;
  const std::size_t end = text.find(close, begin + open.size());
  return end != std::string_view::npos && end > begin + open.size();
}

/// `<your-domain>`; not `<a href="x">` or `<1 and 2>`.
bool is_angle_name(std::string_view value) {
  if (value.size() < 3 || value.front() != '<' || value.back() != '>') return false;
  const std::string_view name = value.substr(1, value.size() - 2);
  return std::all_of(name.begin(), name.end(), [](char c) { return is_name_character(c) || c == '-' || c == '.' || c == ' '; });
}

bool is_underscored_name(std::string_view value) {
  if (value.size() < 5 || !value.starts_with("__") || !value.ends_with("__")) return false;
  return std::all_of(value.begin(), value.end(), [](char c) { return is_name_character(c) || c == '-'; });
}

bool is_dollar_name(std::string_view value) {
  return value.size() > 1 && value[0] == '$' && !(value[1] >= '0' && value[1] <= '9') && all_name_characters(value.substr(1));
}

/// Whether a line or, on it, a value begins at `at`.
bool begins_line_or_value(std::string_view document, std::size_t at) {
  std::size_t before = at;
  while (before > 0 && (document[before - 1] == ' ' || document[before - 1] == '\t')) --before;
  if (before == 0) return true;
  const char last = document[before - 1];
  if (last == '\n' || last == '\r') return true;
  return before < at && (last == ':' || last == '-');
}

}  // namespace

bool looks_like_template(std::string_view document) {
  for (std::size_t at = document.find("{{"); at != std::string_view::npos; at = document.find("{{", at + 2)) {
    if (begins_line_or_value(document, at)) return true;
  }
  return false;
}

bool detail::holds_placeholder(std::string_view value) {
  return value.find("{{") != std::string_view::npos || holds_pair(value, "${", "}") || holds_pair(value, "$(", ")") ||
         holds_pair(value, "%(", ")s") || holds_pair(value, "@@", "@@") || is_angle_name(value) || is_underscored_name(value) ||
         is_dollar_name(value);
}

}  // namespace hop::yaml
