#pragma once
// Which findings a change of some files may have brought about: those that touch one of them with either end.

#include <vector>

#include "engine/lint.h"
#include "text/file_system.h"

namespace hop {

/// Drops the findings that no file of `paths` has to do with, and counts anew. A finding stays if its place, a note, a step of its chain or
/// a place of its fixes lies in one of them, or if its object refers to an object there or is referred to from there; or if it wants
/// something by name that is not there, as that may have been renamed in one of them. Everything stays if the configuration is among them,
/// or a file that is not there any more: nobody knows what was in it. Returns such paths.
std::vector<std::string> keep_affected(const FileSystem& files, const std::vector<std::string>& paths, const Settings& settings,
                                       LintRun& run);

}  // namespace hop
