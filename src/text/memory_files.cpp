#include "text/file_system.h"

namespace hop {
namespace {

std::string normal(std::string_view path) { return join_path("", path); }

/// What the paths of everything below this folder start with.
std::string prefix_of(const std::string& normal_folder) {
  if (normal_folder == ".") return "";
  return normal_folder == "/" ? normal_folder : normal_folder + '/';
}

/// Calls `use` with the path of each file below a folder, relative to it. For the working directory absolute paths are not below.
template <class Use>
void each_below(const std::map<std::string, std::string>& files, const std::string& prefix, Use use) {
  for (auto file = files.lower_bound(prefix); file != files.end() && file->first.starts_with(prefix); ++file) {
    const std::string_view rest = std::string_view(file->first).substr(prefix.size());
    if (!rest.empty() && !rest.starts_with('/')) use(rest);
  }
}

/// Folders win over files of the same name, whichever comes first.
void add_entry(std::map<std::string, FileType>& entries, std::string_view below) {
  const std::size_t slash = below.find('/');
  FileType& type = entries[std::string(below.substr(0, slash))];
  if (type != FileType::directory) type = slash == std::string_view::npos ? FileType::regular : FileType::directory;
}

}  // namespace

MemoryFiles::MemoryFiles(std::map<std::string, std::string> files) {
  for (auto& [path, content] : files) put(path, std::move(content));
}

void MemoryFiles::put(const std::string& path, std::string content) { files_[normal(path)] = std::move(content); }

void MemoryFiles::fail(const std::string& path, std::string reason) { failures_[normal(path)] = std::move(reason); }

Result<std::string> MemoryFiles::read(const std::string& path, std::uint64_t limit) const {
  const std::string wanted = normal(path);
  if (const auto failure = failures_.find(wanted); failure != failures_.end()) return Failure{failure->second};
  if (const auto file = files_.find(wanted); file != files_.end()) {
    if (file->second.size() > limit) return Failure{too_large(limit)};
    return file->second;
  }
  return Failure{type(wanted) == FileType::directory ? "not a regular file" : "no such file or directory"};
}

Result<std::vector<DirectoryEntry>> MemoryFiles::list(const std::string& path) const {
  const std::string wanted = normal(path);
  if (const auto failure = failures_.find(wanted); failure != failures_.end()) return Failure{failure->second};
  const FileType found = type(wanted);
  if (found == FileType::missing) return Failure{"no such file or directory"};
  if (found != FileType::directory) return Failure{"not a directory"};
  std::map<std::string, FileType> types;
  const std::string prefix = prefix_of(wanted);
  each_below(files_, prefix, [&](std::string_view below) { add_entry(types, below); });
  each_below(failures_, prefix, [&](std::string_view below) { add_entry(types, below); });
  std::vector<DirectoryEntry> entries;
  entries.reserve(types.size());
  for (const auto& [name, type] : types) entries.push_back({name, type, false});
  return entries;
}

FileType MemoryFiles::type(const std::string& path) const {
  const std::string wanted = normal(path);
  bool is_folder = wanted == ".";
  each_below(files_, prefix_of(wanted), [&](std::string_view) { is_folder = true; });
  each_below(failures_, prefix_of(wanted), [&](std::string_view) { is_folder = true; });
  if (is_folder) return FileType::directory;
  return files_.contains(wanted) || failures_.contains(wanted) ? FileType::regular : FileType::missing;
}

std::string MemoryFiles::canonical(const std::string& path) const { return normal(path); }

}  // namespace hop
