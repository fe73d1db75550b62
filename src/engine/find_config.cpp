#include "engine/config.h"
#include "engine/paths.h"

namespace hop {
namespace {

/// One folder up, also from ".": paths stay relative for as long as they can be shown that way.
std::string one_up(const std::string& folder) {
  if (folder == ".") return "..";
  return file_name(folder) == ".." ? folder + "/.." : std::string(parent_path(folder));
}

}  // namespace

std::optional<std::string> find_config(const FileSystem& files, const std::string& input) {
  std::string folder = shown_path(input);
  if (files.type(folder) != FileType::directory) folder = parent_path(folder);
  while (files.type(folder) == FileType::directory) {
    std::string candidate = child_path(folder, config_name);
    if (files.type(candidate) == FileType::regular) return candidate;
    if (files.type(child_path(folder, ".git")) != FileType::missing) break;
    const std::string up = one_up(folder);
    if (files.canonical(up) == files.canonical(folder)) break;  // the root
    folder = up;
  }
  return std::nullopt;
}

}  // namespace hop
