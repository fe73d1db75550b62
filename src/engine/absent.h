#pragma once
// What kustomizations list and does not exist, of what a run was given: the one question about files that were not found.
// Knows nothing of what kustomize does with them.

#include <string>
#include <vector>

#include "engine/settings.h"
#include "graph/input.h"
#include "text/file_system.h"

namespace hop {

/// Fills in ReadFile::absent. `folders` as Walk has them: what lies elsewhere, or is left out of them, may exist or not. Asks the disk for
/// what is not among the files only.
void note_absent(const FileSystem& files, const std::vector<std::string>& folders, const Settings& settings, Input& input);

}  // namespace hop
