#pragma once
// What .gitignore files say about a path: a chain of lists, the innermost folder's first.
// Source: git-scm.com/docs/gitignore.

#include <memory>
#include <string>
#include <string_view>

#include "text/file_system.h"
#include "text/pattern.h"

namespace hop {

/// The list of one folder and, behind it, those of the folders around it.
struct IgnoreChain {
  Globs globs;
  std::string folder;  ///< in the same terms as the paths asked about
  std::shared_ptr<const IgnoreChain> outer;
};
using Ignores = std::shared_ptr<const IgnoreChain>;

/// `outer` with the list in `folder` before it, which is read from `path`.
Ignores add_ignores(const FileSystem& files, const std::string& path, const std::string& folder, Ignores outer);

/// The lists above `folder`, from the one that holds `.git` down; none where there is no such folder. `folder` is canonical.
Ignores ignores_above(const FileSystem& files, const std::string& folder);

bool is_ignored(const IgnoreChain* chain, std::string_view path, bool is_folder);

}  // namespace hop
