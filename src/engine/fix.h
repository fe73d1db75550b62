#pragma once
// Makes fixes in memory: chooses those that do not meet, looks what the files would say then, and keeps what does as it promises.
// Writes nothing (engine/write_file.h does) and knows no rule.

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/lint.h"
#include "text/file.h"
#include "text/file_system.h"

namespace hop {

/// The same inputs and settings each time; only what the files hold differs.
using LintAgain = std::function<LintRun(const FileSystem& files)>;

struct FixOptions {
  Safety most = Safety::safe;
  std::vector<std::string> never;  ///< paths as Sources has them that are not edited: what came from stdin
};

struct ChangedFile {
  std::shared_ptr<const File> before;  ///< as it was when its first fix was chosen
  std::string after;                   ///< as it is to be stored
};

/// A fix that was allowed and is not made.
struct LeftFix {
  std::size_t finding = 0;  ///< index into FixRun::now().findings
  std::string title;
  std::string reason;  ///< lower-case start, no final period
};

struct FixRun {
  LintRun before;
  std::optional<LintRun> after;    ///< with all fixes made; nothing if none is
  std::vector<ChangedFile> files;  ///< in path order
  std::vector<LeftFix> left;       ///< in the order of their findings

  const LintRun& now() const { return after ? *after : before; }
};

/// Of each open finding the first fix of allowed safety, in total order. One that meets another waits for the next round;
/// there are at most 10. All fixes of a round are tried together: their findings must be gone and no other come, nothing that parsed may
/// cease to. Where that fails, halves are tried, down to the single fixes that are to blame. Files declared as known, the configuration and
/// what could not be read are never edited.
FixRun make_fixes(const FileSystem& files, const LintAgain& lint_again, const FixOptions& options);

/// Findings to mend; see is_open().
std::size_t count_open(const LintRun& run);

/// What is stored when these edits are made in `file`: encoded as it is, every byte outside them as it was.
std::string edited(const File& file, const std::vector<Edit>& edits);

}  // namespace hop
