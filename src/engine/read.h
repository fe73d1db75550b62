#pragma once
// Reading: named inputs and what lies below them become files and documents, each document with its class.
// Knows nothing of what they mean to each other.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/settings.h"
#include "engine/walk.h"
#include "graph/input.h"
#include "text/file_system.h"

namespace hop {

struct ReadFailures {
  std::vector<std::string> failures;     ///< named paths that do not exist or cannot be read
  std::vector<std::string> other_roots;  ///< folders left out because they have a configuration of their own
  std::vector<std::string> folders;      ///< named ones, as their files are shown
};

/// Adds to `input.sources` and fills `input.files`, in path order whatever the number of jobs. The text of a file that was merely found and
/// holds nothing of ours is not kept: its File is empty.
ReadFailures read_inputs(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings, Input& input);

/// A file as read, and its text under the id it was read as.
using FileAndText = std::pair<ReadFile, std::shared_ptr<const File>>;

/// The same file under another id. Nobody else may look at its documents meanwhile.
void renumber(ReadFile& read, FileId id);

/// Reads one file that walk() found, as read_inputs() does.
FileAndText read_file(const FileSystem& files, const Settings& settings, yaml::DocumentParser& parser, FoundFile found, FileId id);

}  // namespace hop
