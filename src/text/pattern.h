#pragma once
// Patterns: regular expressions (RE2 lives behind pattern.cpp only) and path globs as .gitignore writes them.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/result.h"

namespace hop {

/// A compiled RE2 expression, immutable and shareable. Linear time on any input; text that is not UTF-8 is read byte by byte where it
/// is not. One that was never compiled matches nothing.
class Pattern {
 public:
  static Result<Pattern> compile(std::string_view expression);
  bool matches_whole(std::string_view text) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
};

/// One list of globs in .gitignore syntax (`*` within a part, `**`, `?`, `[a-z]`, `!` to take back, trailing `/` for folders only, a
/// slash inside anchors to the base). Source: git-scm.com/docs/gitignore. The last matching line decides.
/// What lies below a matched folder is not matched by itself: whoever walks a tree asks for each folder and does not enter a matched one.
class Globs {
 public:
  /// Blank lines, `#` lines and a byte order mark are skipped.
  static Globs parse(std::string_view lines);
  void add(std::string_view line);
  bool empty() const { return globs_.empty(); }

  enum class Verdict : unsigned char { none, matched, taken_back };
  /// `path` is relative to the folder the list belongs to, without "." parts. At worst linear in path times list.
  Verdict match(std::string_view path, bool is_directory) const;
  /// Whether the path of a file or a folder above it is matched: a glob that matches a folder stands for everything below it.
  bool covers(std::string_view path) const;

 private:
  struct Glob {
    std::vector<std::string> parts;  ///< one for each folder level; a single one, for the last level of a path, if not anchored
    bool negated, directories_only, anchored;
  };
  std::vector<Glob> globs_;
};

/// Shell glob against a whole word: `*`, `?`, `[…]`, backslash; here `*` crosses any character. A malformed pattern matches nothing.
bool glob_match(std::string_view pattern, std::string_view word);

}  // namespace hop
