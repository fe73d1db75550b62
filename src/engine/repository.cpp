#include "engine/repository.h"

#include "engine/paths.h"

namespace hop {

namespace {

std::string root_of(const FileSystem& files, const std::string& inside, const std::string& otherwise) {
  for (std::string folder = files.canonical(inside);;) {
    if (files.type(child_path(folder, ".git")) != FileType::missing) return folder;  // in a worktree it is a file
    const std::string above(parent_path(folder));
    if (above == folder) return files.canonical(otherwise);
    folder = above;
  }
}

}  // namespace

Repository::Repository(const FileSystem& files, const std::string& inside, const std::string& otherwise)
    : files_(files), root_(root_of(files, inside, otherwise)) {}

std::string Repository::path_of(const std::string& shown) const {
  const std::string address = files_.canonical(shown);
  if (address == root_) return ".";
  if (const auto below = path_below(root_, address)) return std::string(*below);
  return address;
}

}  // namespace hop
