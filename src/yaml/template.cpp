#include "yaml/template.h"

#include <algorithm>

#include "text/words.h"

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
/// `<name>` anywhere, not the name of a group in a regular expression.
bool holds_angle_name(std::string_view value) {
  for (std::size_t begin = value.find('<'); begin != std::string_view::npos; begin = value.find('<', begin + 1)) {
    const std::size_t end = value.find('>', begin);
    if (end == std::string_view::npos) return false;
    const std::string_view name = value.substr(begin + 1, end - begin - 1);
    const bool group = begin > 0 && (value[begin - 1] == 'P' || value[begin - 1] == '?');
    if (name.empty() || group || !is_name_character(name.front())) continue;
    if (std::all_of(name.begin(), name.end(), [](char c) { return is_name_character(c) || c == '-' || c == '.' || c == ' '; })) return true;
  }
  return false;
}

bool is_underscored_name(std::string_view value) {
  if (value.size() < 5 || !value.starts_with("__") || !value.ends_with("__")) return false;
  return std::all_of(value.begin(), value.end(), [](char c) { return is_name_character(c) || c == '-'; });
}

bool is_dollar_name(std::string_view value) {
  return value.size() > 1 && value[0] == '$' && !(value[1] >= '0' && value[1] <= '9') && all_name_characters(value.substr(1));
}

/// `$STAGE-shop`: a variable of a shell, which are written in capitals; `$1` and `$uri` are something else.
bool holds_shell_variable(std::string_view value) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  for (std::size_t at = value.find('$'); at + 2 < value.size(); at = value.find('$', at + 1)) {
    if (at == std::string_view::npos) return false;
    if (is_capital(value[at + 1]) && (is_capital(value[at + 2]) || value[at + 2] == '_')) return true;
  }
  return false;
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

bool is_shouted(std::string_view word) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (word.size() < 4 || !is_capital(word.front())) return false;
  const bool numbered = word.find('_') != std::string_view::npos;  // `SUBNET_1`; `P256` is a name
  return std::all_of(word.begin(), word.end(), [&](char c) { return is_capital(c) || c == '_' || (numbered && c >= '0' && c <= '9'); });
}

bool has_shouted_part(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(".:/,"), text.size());
    if (is_shouted(text.substr(0, end))) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

bool holds_template_marks(std::string_view document) {
  if (document.find("{{") != std::string_view::npos) return true;
  while (!document.empty()) {
    const std::size_t end = document.find_first_of("\r\n");
    const std::string_view line = trim(document.substr(0, end));
    const bool alone = line.starts_with("${") && line.find('}') == line.size() - 1;
    if (alone || line.starts_with("%{") || line.starts_with("{%")) return true;
    document.remove_prefix(end == std::string_view::npos ? document.size() : end + 1);
  }
  return false;
}

bool detail::holds_placeholder(std::string_view value) {
  return value.find("{{") != std::string_view::npos || holds_pair(value, "${", "}") || holds_pair(value, "$(", ")") ||
         holds_pair(value, "%(", ")s") || holds_pair(value, "@@", "@@") || holds_angle_name(value) || is_underscored_name(value) ||
         is_dollar_name(value) || holds_shell_variable(value);
}

}  // namespace hop::yaml
