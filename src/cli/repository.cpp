#include "cli/repository.h"

#include "engine/paths.h"

namespace hop {

namespace {

std::string root_of(const FileSystem& files) {
  const std::string here = files.canonical(".");
  for (std::string folder = here;;) {
    if (files.type(child_path(folder, ".git")) != FileType::missing) return folder;  // in a worktree it is a file
    const std::string above(parent_path(folder));
    if (above == folder) return here;
    folder = above;
  }
}

}  // namespace

Repository::Repository(const FileSystem& files) : files_(files), root_(root_of(files)) {}

std::string Repository::path_of(const std::string& shown) const {
  const std::string address = files_.canonical(shown);
  if (const auto below = path_below(root_, address)) return std::string(*below);
  return address;
}

}  // namespace hop
