#include <algorithm>
#include <optional>

#include "text/file_system.h"
#include "text/pattern.h"

namespace hop {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Tries the last star only: what an earlier star could still give, the last one can give too. So there is no exponential case, whether
/// the items are characters of a word (`*`) or folders of a path (`**`).
/// `is_star(p)` tells whether a star stands at `p`, `step(p, t)` is the place after the item at `p` if that matches the one at `t`.
template <class IsStar, class Step>
bool match_with_stars(std::size_t pattern_size, std::size_t text_size, IsStar is_star, Step step) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t after_star = npos;
  std::size_t star_reach = 0;
  while (t < text_size) {
    if (p < pattern_size && is_star(p)) {
      after_star = ++p;
      star_reach = t;
    } else if (const std::size_t next = p < pattern_size ? step(p, t) : npos; next != npos) {
      p = next;
      ++t;
    } else if (after_star != npos) {
      p = after_star;
      t = ++star_reach;
    } else {
      return false;
    }
  }
  while (p < pattern_size && is_star(p)) ++p;
  return p == pattern_size;
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_graph(char c) { return c > ' ' && c < '\x7f'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }
bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// POSIX classes in the C locale; nothing for a name that is none.
std::optional<bool> in_named_class(std::string_view name, char c) {
  if (name == "alnum") return is_lower(c) || is_upper(c) || is_digit(c);
  if (name == "alpha") return is_lower(c) || is_upper(c);
  if (name == "blank") return c == ' ' || c == '\t';
  if (name == "cntrl") return is_control(c);
  if (name == "digit") return is_digit(c);
  if (name == "graph") return is_graph(c);
  if (name == "lower") return is_lower(c);
  if (name == "print") return is_graph(c) || c == ' ';
  if (name == "punct") return is_graph(c) && !is_lower(c) && !is_upper(c) && !is_digit(c);
  if (name == "space") return c == ' ' || (c >= '\t' && c <= '\r');
  if (name == "upper") return is_upper(c);
  if (name == "xdigit") return is_hex_digit(c);
  return std::nullopt;
}

/// What an item of a pattern makes of one character, and where the next item begins; npos if it is malformed.
struct Item {
  bool matches = false;
  std::size_t next = npos;
};

/// One character of a class, perhaps escaped, moving `at` beyond it; nothing at the end of the pattern.
std::optional<unsigned char> class_character(std::string_view pattern, std::size_t& at) {
  if (at < pattern.size() && pattern[at] == '\\') ++at;
  if (at >= pattern.size()) return std::nullopt;
  return static_cast<unsigned char>(pattern[at++]);
}

/// `[:name:]` at `at`; what only begins like one is the member `[`. Names are short, so looking only a little way for the end keeps a
/// class linear.
Item named_class(std::string_view pattern, std::size_t at, char c) {
  const std::string_view rest = pattern.substr(at + 2, 32);
  const std::size_t end = rest.find(']');
  if (end == npos || end == 0 || rest[end - 1] != ':') return {c == '[', at + 1};
  const auto matches = in_named_class(rest.substr(0, end - 1), c);
  return matches ? Item{*matches, at + 2 + end + 1} : Item{};
}

/// A character or a range at `at`. As in git, a range the wrong way round still holds its first character.
Item class_range(std::string_view pattern, std::size_t at, char c) {
  const auto value = static_cast<unsigned char>(c);
  const auto first = class_character(pattern, at);
  if (!first) return {};
  const bool is_range = at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']';
  if (!is_range) return {value == *first, at};
  const auto last = class_character(pattern, ++at);
  return last ? Item{value == *first || (*first <= value && value <= *last), at} : Item{};
}

/// `[…]` at `at`. A `]` that comes first is a member.
Item bracket(std::string_view pattern, std::size_t at, char c) {
  ++at;
  const bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (negated) ++at;
  bool matches = false;
  for (bool first = true; at < pattern.size(); first = false) {
    if (pattern[at] == ']' && !first) return {matches != negated, at + 1};
    const bool named = pattern.substr(at).starts_with("[:");
    const Item item = named ? named_class(pattern, at, c) : class_range(pattern, at, c);
    if (item.next == npos) return {};
    matches = matches || item.matches;
    at = item.next;
  }
  return {};
}

/// The item at `at`, which is no star.
Item item_at(std::string_view pattern, std::size_t at, char c) {
  if (pattern[at] == '?') return {true, at + 1};
  if (pattern[at] == '[') return bracket(pattern, at, c);
  if (pattern[at] != '\\') return {pattern[at] == c, at + 1};
  if (at + 1 == pattern.size()) return {};
  return {pattern[at + 1] == c, at + 2};
}

/// At slashes, but those inside brackets, which match nothing in a path.
std::vector<std::string> split_parts(std::string_view pattern) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < pattern.size();) {
    const Item item = item_at(pattern, at, '/');
    const std::size_t next = std::min(item.next, pattern.size());
    const std::string_view text = pattern.substr(at, next - at);
    if (text == "/" || text == "\\/") {
      parts.emplace_back();
    } else {
      parts.back() += text;
    }
    at = next;
  }
  return parts;
}

/// `**` as a whole part: any number of folders.
bool is_any_depth(std::string_view part) { return part.size() >= 2 && part.find_first_not_of('*') == npos; }

std::vector<std::string_view> path_parts(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) parts.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

bool match_parts(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
  return match_with_stars(
      pattern.size(), path.size(), [&](std::size_t p) { return is_any_depth(pattern[p]); },
      [&](std::size_t p, std::size_t t) { return glob_match(pattern[p], path[t]) ? p + 1 : npos; });
}

/// Spaces at the end do not count unless a backslash stands before them.
std::string_view without_trailing_spaces(std::string_view line) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == ' ') continue;
    if (line[at] == '\\') ++at;
    end = at + 1;
  }
  return line.substr(0, end);
}

}  // namespace

bool glob_match(std::string_view pattern, std::string_view word) {
  return match_with_stars(
      pattern.size(), word.size(), [&](std::size_t p) { return pattern[p] == '*'; },
      [&](std::size_t p, std::size_t t) {
        const Item item = item_at(pattern, p, word[t]);
        return item.matches ? item.next : npos;
      });
}

Globs Globs::parse(std::string_view lines) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (lines.starts_with(byte_order_mark)) lines.remove_prefix(byte_order_mark.size());
  Globs globs;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    globs.add(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return globs;
}

void Globs::add(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with('#')) return;
  line = without_trailing_spaces(line);
  Glob glob{{}, line.starts_with('!'), false, false};
  if (glob.negated) line.remove_prefix(1);
  glob.directories_only = line.ends_with('/');
  if (glob.directories_only) line.remove_suffix(1);
  if (line.empty()) return;
  glob.anchored = line.find('/') != npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  glob.parts = glob.anchored ? split_parts(line) : std::vector<std::string>{std::string(line)};
  // `a/**` is what lies below `a`, not `a` itself.
  if (glob.anchored && is_any_depth(glob.parts.back())) glob.parts.emplace_back("*");
  globs_.push_back(std::move(glob));
}

Globs::Verdict Globs::match(std::string_view path, bool is_directory) const {
  const std::vector<std::string_view> parts = path_parts(path);
  if (parts.empty()) return Verdict::none;
  for (auto glob = globs_.rbegin(); glob != globs_.rend(); ++glob) {
    if (glob->directories_only && !is_directory) continue;
    const bool matched = glob->anchored ? match_parts(glob->parts, parts) : glob_match(glob->parts.front(), parts.back());
    if (matched) return glob->negated ? Verdict::taken_back : Verdict::matched;
  }
  return Verdict::none;
}

bool Globs::covers(std::string_view path) const {
  bool is_folder = false;
  while (path != "." && path != "/" && !path.empty()) {
    if (match(path, is_folder) == Verdict::matched) return true;
    path = parent_path(path);
    is_folder = true;
  }
  return false;
}

}  // namespace hop
