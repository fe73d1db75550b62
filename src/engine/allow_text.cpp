#include "engine/allow_text.h"

#include <algorithm>

#include "engine/date.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

constexpr auto none = std::string_view::npos;
constexpr std::string_view blanks = " \t";

/// Offset of a word that has blanks, or nothing, on both sides; the last one.
std::size_t rfind_word(std::string_view text, std::string_view word) {
  const auto is_blank = [&](std::size_t at) { return at >= text.size() || blanks.find(text[at]) != none; };
  for (std::size_t at = text.rfind(word); at != none; at = at == 0 ? none : text.rfind(word, at - 1)) {
    if ((at == 0 || is_blank(at - 1)) && is_blank(at + word.size())) return at;
  }
  return none;
}

/// Takes ` until 2027-01-31` off the end. A reason may speak of "until the migration is done": only a digit makes it a date.
void take_until(std::string_view& text, AllowText& allow) {
  const std::size_t at = rfind_word(text, "until");
  if (at == none) return;
  const std::string_view date = trim(text.substr(at + 5));
  if (date.empty() || date[0] < '0' || date[0] > '9') return;
  if (!is_date(date)) {
    allow.problem = format("`{}` is no date; write `until 2027-01-31`", date);
    return;
  }
  allow.until = date;
  text = text.substr(0, at);
}

void take_reason(std::string_view& text, AllowText& allow) {
  for (std::size_t at = text.find("--"); at != none; at = text.find("--", at + 2)) {
    const bool free_before = at == 0 || blanks.find(text[at - 1]) != none;
    const bool free_behind = at + 2 == text.size() || blanks.find(text[at + 2]) != none;
    if (!free_before || !free_behind) continue;
    allow.reason = trim(text.substr(at + 2));
    text = text.substr(0, at);
    return;
  }
}

}  // namespace

AllowText parse_allow(std::string_view text) {
  AllowText allow;
  std::string_view rest = text;
  take_until(rest, allow);
  take_reason(rest, allow);
  for (std::string_view word : split_list(rest, ',')) {
    allow.rules.push_back({word, static_cast<std::uint32_t>(word.data() - text.data())});
  }
  if (allow.rules.empty() && allow.problem.empty()) allow.problem = "the suppression names no rule";
  return allow;
}

std::optional<AllowComment> parse_allow_comment(std::string_view comment) {
  const std::size_t start = comment.find_first_not_of("# \t");
  std::string_view rest = start == none ? std::string_view{} : comment.substr(start);
  if (!rest.starts_with("hoplint:")) return std::nullopt;
  rest = trim(rest.substr(8));
  const std::string_view verb = rest.substr(0, rest.find_first_of(blanks));
  AllowComment result;
  result.whole_file = verb == "allow-file";
  if (verb != "allow" && verb != "allow-file") {
    result.allow.problem = format("`{}` is not understood; write `hoplint: allow <rule> -- <reason>`", verb);
    return result;
  }
  rest.remove_prefix(verb.size());
  result.allow = parse_allow(rest);
  const auto offset = static_cast<std::uint32_t>(rest.data() - comment.data());
  for (AllowText::Word& word : result.allow.rules) word.begin += offset;
  return result;
}

}  // namespace hop
