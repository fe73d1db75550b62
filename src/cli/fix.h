#pragma once
// `hoplint check --fix` and `--diff`: fixes made on disk, or shown as a patch. Says on stderr what was fixed and what was not, and why.

#include <optional>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/fix.h"
#include "engine/lint.h"
#include "engine/walk.h"
#include "text/file_system.h"

namespace hop {

struct FixWish {
  Safety most = Safety::safe;
  LintAgain lint;                                   ///< what is found, and what of it is to be fixed
  std::string_view done = "fixed", undone = "fix";  ///< what is said to be done with findings
};

/// Writes the fixes and returns what is found then; nothing if it cannot run or a file could not be written: exit code 2.
std::optional<LintRun> fix_on_disk(const FileSystem& files, const std::vector<InputPath>& inputs, const FixWish& wish);

/// Prints the patch that would do the same and changes nothing. The exit code: 1 if there is something in it, 0 if not, whatever else is
/// found.
int print_fixes(const FileSystem& files, const std::vector<InputPath>& inputs, const FixWish& wish);

}  // namespace hop
