#pragma once
// Runs over files in memory that several targets make, and what must hold for each run. Knows nothing of what made the files.

#include <map>
#include <string>
#include <string_view>

#include "engine/lint.h"
#include "text/file_system.h"

namespace hop::fuzz {

using Files = std::map<std::string, std::string>;

/// One file, `m/a.yaml`; or several, where lines `#@ path` begin another.
Files files_of(std::string_view bytes);

/// Every rule, one thread, no configuration but `complete` if the text begins with `# complete`.
Settings every_rule(std::string_view bytes);
LintRun lint_all(const Files& files, const Settings& settings);

/// What was found lies where it says, in every report of it.
void examine(const LintRun& run);
/// Every request there is, followed and drawn.
void examine_chains(const LintRun& run);
/// Documents of the run that do not parse.
std::size_t count_problems(const LintRun& run);

}  // namespace hop::fuzz
