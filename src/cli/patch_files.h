#pragma once
// Fixes as one patch, relative to the repository.

#include <set>
#include <string>
#include <vector>

#include "engine/fix.h"
#include "text/file_system.h"

namespace hop {

struct Patch {
  std::string text;
  std::vector<std::string> left_out;  ///< why files that change are not in it, one line each
  std::set<std::string> paths;        ///< of the files that are in it, as Sources has them
};

/// Paths are relative to the repository that holds the working directory, to that directory itself where there is none. Files that no
/// patch can carry are left out, and those that would show Secret data.
Patch patch_of(const FileSystem& files, const FixRun& run);

}  // namespace hop
