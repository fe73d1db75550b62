#pragma once
// Which files a run reads: what is named, and what lies below it. Reads nothing but folders and .gitignore files.
//
// Left out while walking, unless named: entries whose name starts with a dot, `node_modules`, `vendor`, `charts` beside a Chart.yaml
// (unpacked dependencies), what .gitignore files exclude (those in the folders walked, and above them up to the one that holds `.git`),
// `exclude:` of the configuration, and folders with a `.hoplint.yaml` of their own, which are checked by themselves.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/settings.h"
#include "text/file_system.h"

namespace hop {

/// One named input. `content` is given for stdin; else the path is read or walked.
struct InputPath {
  std::string path;
  std::optional<std::string> content;
};

struct FoundFile {
  std::string path;                               ///< as shown: under the input as it was given
  bool named = false;                             ///< by itself, not found in a folder
  bool known = false;                             ///< below one of Settings::known_paths
  bool in_templates = false;                      ///< in `templates/` beside a Chart.yaml
  std::shared_ptr<const std::string> content;     ///< where it is not to be read from the path; else null
  std::shared_ptr<const std::string> unreadable;  ///< why the folder that this is cannot be listed; null if it could
};

struct Walk {
  std::vector<FoundFile> files;          ///< by path, each file once however many ways lead to it
  std::vector<std::string> failures;     ///< named paths that do not exist or cannot be listed
  std::vector<std::string> other_roots;  ///< folders left out because they have their own configuration
  std::vector<std::string> folders;      ///< named ones, as their files are shown; no known ones
};

/// Links are followed, but to folders that hold them; what is reached without a link keeps that path.
Walk walk(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings);

/// The same for whoever reads files while the walk still goes on: each goes to `found` at once, in no order, and Walk::files stays empty.
/// Folders stay open in `folders` for the reader.
Walk walk(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings, KeptFolders& folders,
          const std::function<void(FoundFile&&)>& found);

/// Whether the walk of these folders, as Walk has them, would have come by `path`, were something there: it lies below one of them, and
/// nothing leaves it out.
bool would_find(const FileSystem& files, const std::vector<std::string>& folders, const Settings& settings, std::string_view path);

}  // namespace hop
