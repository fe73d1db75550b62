#include "engine/remove_suppression.h"

#include "engine/cover.h"
#include "text/format.h"

namespace hop {
namespace {

bool is_comment(const Allowed& allowed, std::string_view text) {
  return allowed.entry == nullptr && allowed.where.begin < text.size() && text[allowed.where.begin] == '#';
}

/// Behind the line end at `offset`.
std::uint32_t behind_line_end(std::string_view text, std::uint32_t offset) {
  if (text.substr(offset).starts_with("\r\n")) return offset + 2;
  return offset < text.size() ? offset + 1 : offset;
}

}  // namespace

std::optional<Fix> remove_suppressed_rule(const Allowed& allowed, std::size_t rule, std::string_view text) {
  if (!is_comment(allowed, text) || allowed.rules.size() < 2) return std::nullopt;
  Span where = allowed.rules[rule].where;
  if (rule + 1 < allowed.rules.size()) {
    where.end = allowed.rules[rule + 1].where.begin;
  } else {
    where.begin = allowed.rules[rule - 1].where.end;
  }
  return Fix{format("take `{}` out of the suppression", allowed.rules[rule].text), {{where, ""}}, Safety::safe};
}

std::optional<Fix> remove_suppression(const Allowed& allowed, std::string_view text) {
  if (!is_comment(allowed, text)) return std::nullopt;
  Span where = allowed.where;
  if (begins_line(text, where.begin)) {
    where.begin = line_range(text, where.begin).begin;
    where.end = behind_line_end(text, where.end);
  } else {
    while (where.begin > 0 && (text[where.begin - 1] == ' ' || text[where.begin - 1] == '\t')) --where.begin;
  }
  return Fix{"take the suppression away", {{where, ""}}, Safety::safe};
}

}  // namespace hop
