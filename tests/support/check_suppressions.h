#pragma once
// Invariant 11: a suppression comment silences what it stands above, all of it and nothing else, and one that silences nothing is reported.
// Nothing returned means all is well.

#include <cstdint>
#include <vector>

#include "diag/diagnostic.h"
#include "support/case.h"
#include "support/complaints.h"

namespace hop {

/// Lines of block style that begin with a key or an item of an object: a comment may stand above them with their indentation.
struct CommentLine {
  std::uint32_t line = 0;  ///< 1-based
  std::uint32_t last = 0;  ///< last line that a comment above `line` can speak of
  std::string indentation;
};
std::vector<CommentLine> comment_lines(const File& file);

/// In a bad case: above the line of each finding of `rule`.
Complaints check_silenced(const Linter& linter, const Trial& trial, const RuleInfo& rule);
/// In a good case: above the first line that can bear one.
Complaints check_unused(const Linter& linter, const Trial& trial, const RuleInfo& rule);

}  // namespace hop
