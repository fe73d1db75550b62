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

struct Baseline {
  std::vector<BaselineEntry> findings;
  std::vector<std::string> paths;  ///< what was read, from the repository's root; empty in those that older versions wrote
};

/// Findings of a run that are not suppressed, ordered by rule and object so that a file of them changes little. `paths` are its inputs as
/// Repository calls them.
Baseline baseline_of(const LintRun& run, std::vector<std::string> paths);

Result<Baseline> read_baseline(const FileSystem& files, const std::string& path);

/// Marks each finding of the run as known or as new, and counts anew.
void apply_baseline(const Baseline& baseline, LintRun& run);

/// What the run of these inputs would have found, were it still there: nothing where a part was read of what the baseline is of, and no
/// entries of rules that ran in none of `roots`.
std::vector<BaselineEntry> no_longer_found(const Baseline& baseline, const LintRun& run, const std::vector<std::string>& paths,
                                           const std::vector<const Settings*>& roots);

}  // namespace hop
