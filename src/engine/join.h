#pragma once
// Several runs told as one: those of roots that have a configuration each.

#include <vector>

#include "engine/lint.h"

namespace hop {

/// Findings in their total order, those of different roots told apart by their fingerprints; counts, times and failures added up. Files
/// stand in the order of the runs. A single run stays as it is; of several the graphs are gone: each knew its own files only.
LintRun join(std::vector<LintRun> runs);

}  // namespace hop
