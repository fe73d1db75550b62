#pragma once
// What of a run is asked about: what a baseline does not hold, and what changed files have a part in.

#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "engine/affected.h"
#include "engine/baseline.h"
#include "engine/lint.h"
#include "text/file_system.h"

namespace hop {

class Narrowing {
 public:
  /// Nothing if the baseline cannot be read, which has been said on stderr then.
  static std::optional<Narrowing> of(const FileSystem& files, const CheckOptions& options);

  /// Sets findings of one root aside.
  void narrow_root(const FileSystem& files, const Settings& settings, LintRun& run);
  /// Marks what the baseline knows, of all roots.
  void narrow_all(LintRun& run) const;
  /// Says on stderr which paths narrow nothing.
  void tell() const;

 private:
  std::optional<Baseline> baseline_;
  bool by_paths_ = false;
  std::vector<std::string> paths_;
  std::vector<ChangedPath> are_;  ///< what each path is to the roots so far
};

}  // namespace hop
