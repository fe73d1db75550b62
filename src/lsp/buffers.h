#pragma once
// What editors hold: open documents with their versions, and the file system as it looks with them in it.
// Knows nothing of what documents mean.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "lsp/json_value.h"
#include "text/file.h"
#include "text/file_system.h"

namespace hop::lsp {

struct Buffer {
  std::string uri;  ///< as the editor writes it
  std::int64_t version = 0;
  std::shared_ptr<const File> text;
};

/// Paths are absolute where they say so; as a FileSystem any path will do.
class Buffers final : public FileSystem {
 public:
  /// `disk` must outlive this.
  explicit Buffers(const FileSystem& disk) : disk_(disk), here_(disk.canonical(".")) {}

  std::string absolute(std::string_view path) const { return join_path(here_, path); }
  /// Of an absolute path; nullptr if it is not open.
  const Buffer* find(const std::string& path) const;
  const std::map<std::string, Buffer>& all() const { return open_; }
  void open(const std::string& path, std::string uri, std::int64_t version, std::string_view text);
  /// contentChanges of didChange, one after the other. False if the document is not open, or if this version is no newer one.
  bool change(const std::string& path, std::int64_t version, const JsonValue& changes, ColumnUnit unit);
  bool close(const std::string& path) { return open_.erase(path) > 0; }

  Result<std::string> read(const std::string& path, std::uint64_t limit) const override;
  using FileSystem::list;
  Result<std::vector<DirectoryEntry>> list(const std::string& path) const override;
  FileType type(const std::string& path) const override;
  std::string canonical(const std::string& path) const override { return disk_.canonical(path); }

 private:
  const FileSystem& disk_;
  std::string here_;
  std::map<std::string, Buffer> open_;  ///< by absolute path
};

}  // namespace hop::lsp
