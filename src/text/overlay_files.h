#pragma once
// A FileSystem with other contents in some of its files: what would be, if they were written. Touches nothing itself.
// Knows nothing of why they differ.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "text/file_system.h"

namespace hop {

/// Only what is read changes: a file that is put and not there is in no folder.
class OverlayFiles final : public FileSystem {
 public:
  /// `under` must outlive this.
  explicit OverlayFiles(const FileSystem& under) : under_(&under) {}
  /// From now on `path`, by whatever name, reads as `content`.
  void put(const std::string& path, std::string content);

  Result<std::string> read(const std::string& path, std::uint64_t limit) const override;
  using FileSystem::list;
  Result<std::vector<DirectoryEntry>> list(const std::string& path) const override { return under_->list(path); }
  FileType type(const std::string& path) const override { return under_->type(path); }
  std::string canonical(const std::string& path) const override { return under_->canonical(path); }

 private:
  const FileSystem* under_;
  std::map<std::string, std::string> contents_;  ///< by canonical path
};

}  // namespace hop
