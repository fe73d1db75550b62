#pragma once
// `hoplint check --fix` and `--diff`: fixes made on disk, or shown as a patch. Says on stderr what was fixed and what was not, and why.

#include <functional>
#include <optional>
#include <string_view>

#include "cli/setup.h"
#include "diag/diagnostic.h"
#include "engine/lint.h"
#include "text/file_system.h"

namespace hop {

struct FixWish {
  Safety most = Safety::safe;
  /// Changes what a run offers before fixes are chosen from it.
  std::function<void(LintRun&)> prepare = {};
  std::string_view done = "fixed", undone = "fix";  ///< what is said to be done with findings
};

/// Writes the fixes and returns what is found then; nothing if it cannot run or a file could not be written: exit code 2.
std::optional<LintRun> fix_on_disk(const FileSystem& files, const Setup& setup, const FixWish& wish);

/// Prints the patch that would do the same and changes nothing. The exit code: 1 if there is something to change, 0 if not, whatever else
/// is found.
int print_fixes(const FileSystem& files, const Setup& setup, const FixWish& wish);

}  // namespace hop
