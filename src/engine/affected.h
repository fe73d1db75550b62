#pragma once
// Which findings a change of some files may have brought about: those that touch one of them with either end.

#include <cstdint>
#include <vector>

#include "engine/lint.h"
#include "text/file_system.h"

namespace hop {

/// What a changed path is to a run, the least first.
enum class ChangedPath : std::uint8_t {
  unread,   ///< none of its files
  read,     ///< one of them
  unclear,  ///< the configuration, or a file that is not there any more: nobody knows what was in it, so everything may have to do with it
};

/// Sets aside the findings that no file of `paths` has to do with, and says what each path is. A finding stays if its place, a note, a step
/// of its chain or a place of its fixes lies in one of them, or if its object refers to an object there or is referred to from there; or if
/// it wants something by name that is not there, as that may have been renamed in one of them.
std::vector<ChangedPath> set_aside_unaffected(const FileSystem& files, const std::vector<std::string>& paths, const Settings& settings,
                                              LintRun& run);

/// Drops what was set aside, and counts anew.
void drop_aside(LintRun& run);

}  // namespace hop
