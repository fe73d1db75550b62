#include "engine/ignore.h"

#include <vector>

#include "engine/paths.h"

namespace hop {
namespace {

constexpr std::uint64_t ignore_file_limit = 1U << 20U;

bool exists(const FileSystem& files, const std::string& path) { return files.type(path) != FileType::missing; }

}  // namespace

Ignores add_ignores(const FileSystem& files, const std::string& path, const std::string& folder, Ignores outer) {
  const auto lines = files.read(path, ignore_file_limit);
  if (!lines) return outer;  // git passes over what it cannot read, too
  return std::make_shared<const IgnoreChain>(IgnoreChain{Globs::parse(*lines), folder, std::move(outer)});
}

Ignores ignores_above(const FileSystem& files, const std::string& folder) {
  std::vector<std::string> above;
  std::string at = folder;
  while (!exists(files, child_path(at, ".git"))) {
    std::string parent(parent_path(at));
    if (parent == at) return nullptr;
    above.push_back(parent);
    at = std::move(parent);
  }
  Ignores chain;
  for (auto outermost = above.rbegin(); outermost != above.rend(); ++outermost) {
    const std::string list = child_path(*outermost, ".gitignore");
    if (exists(files, list)) chain = add_ignores(files, list, *outermost, std::move(chain));
  }
  return chain;
}

bool is_ignored(const IgnoreChain* chain, std::string_view path, bool is_folder) {
  for (; chain != nullptr; chain = chain->outer.get()) {
    const auto inside = path_below(chain->folder, path);
    const auto verdict = inside ? chain->globs.match(*inside, is_folder) : Globs::Verdict::none;
    if (verdict != Globs::Verdict::none) return verdict == Globs::Verdict::matched;
  }
  return false;
}

}  // namespace hop
