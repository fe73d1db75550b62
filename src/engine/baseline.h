#pragma once
// A baseline: the findings that were there when it was written, so that only what comes on top is reported. Kept by fingerprint: lines
// may move, files be renamed, documents change their order.

#include <string>
#include <vector>

#include "engine/lint.h"
#include "text/file_system.h"
#include "text/result.h"

namespace hop {

inline constexpr std::string_view default_baseline = ".hoplint-baseline.yaml";

/// A finding. All but the fingerprint is for people who read the file.
struct BaselineEntry {
  std::string fingerprint, rule, object, message;
};

using Baseline = std::vector<BaselineEntry>;

/// Those of a run that are not suppressed, ordered by rule and object so that a file of them changes little.
Baseline baseline_of(const LintRun& run);

Result<Baseline> read_baseline(const FileSystem& files, const std::string& path);

/// Marks each finding of the run as known or as new and counts anew; returns what is no longer found.
Baseline apply_baseline(const Baseline& baseline, LintRun& run);

}  // namespace hop
