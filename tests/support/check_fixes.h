#pragma once
// Invariant 7: a fix mends what it is for and nothing else. Nothing returned means all is well.

#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "support/case.h"
#include "support/complaints.h"

namespace hop {

/// The files with these edits made. Paths are those of `sources`.
FileTexts with_edits(const FileTexts& files, const std::vector<Edit>& edits, const Sources& sources);

/// Each fix of a finding of this rule alone: its edits do not overlap and take no comment away that they do not take as a line, the
/// result parses, the finding is gone, nothing new is found.
Complaints check_each_fix(const Linter& linter, const Trial& trial, const RuleInfo& rule);

/// All fixes of a case together, as a user would have them made: a second run finds nothing more to do. `files` is the result.
struct Fixed {
  FileTexts files;
  Complaints complaints;
};
Fixed fix_all(const Linter& linter, const Trial& trial, Safety most);

/// `bad_x` with all safe fixes equals `fixed_x`, and with unsafe ones too `fixed_unsafe_x`, but for `#~` comments.
Complaints check_fixed_cases(const Linter& linter, const std::vector<Trial>& trials);
/// Which findings of the rule have fixes is what its policy says, and a rule that has some has a case to show it.
Complaints check_policy(const RuleInfo& rule, const std::vector<Trial>& trials);

}  // namespace hop
