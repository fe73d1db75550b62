#pragma once
// File access: one of the two seams of the program, with a version on disk and one in memory for tests.
// Knows nothing of manifests, excludes or configuration.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/kept_folders.h"
#include "text/result.h"

namespace hop {

enum class FileType : std::uint8_t { missing, regular, directory, other };  // other: FIFO, device, socket

struct DirectoryEntry {
  std::string name;
  FileType type = FileType::missing;  ///< of the target when the entry is a symbolic link
  bool link = false;
};

/// Reads files that a walk has found. One thread at a time.
class BulkReader {
 public:
  virtual ~BulkReader() = default;
  /// As FileSystem::read, but for a path that was just seen to be a regular file; quickest where those of a folder follow each other.
  virtual Result<std::string> read(const std::string& path, std::uint64_t limit) = 0;
};

/// Paths are relative to the working directory or absolute, with '/' between parts.
class FileSystem {
 public:
  virtual ~FileSystem() = default;
  /// Must not outlive this, nor `kept`, which holds folders that list() left open; nullptr if there are none. By default no quicker than
  /// read().
  virtual std::unique_ptr<BulkReader> bulk_reader(KeptFolders* kept) const;
  /// Whole content. Fails with a reason fit for a message ("permission denied"), also for anything not a regular file and for a file
  /// of more than `limit` bytes ("larger than 1 GiB"); never blocks on a FIFO.
  virtual Result<std::string> read(const std::string& path, std::uint64_t limit) const = 0;
  /// Entries sorted by name (bytes), without "." and "..".
  virtual Result<std::vector<DirectoryEntry>> list(const std::string& path) const = 0;
  /// The same, by somebody who will read the files in it: a folder that holds some may be left open in `kept`.
  virtual Result<std::vector<DirectoryEntry>> list(const std::string& path, KeptFolders& /*kept*/) const { return list(path); }
  virtual FileType type(const std::string& path) const = 0;
  /// A path that is the same for two names of one file or directory (symbolic links resolved); `path` itself if that fails.
  virtual std::string canonical(const std::string& path) const = 0;
};

inline std::unique_ptr<BulkReader> FileSystem::bulk_reader(KeptFolders* /*kept*/) const {
  class OneByOne final : public BulkReader {
   public:
    explicit OneByOne(const FileSystem& files) : files_(files) {}
    Result<std::string> read(const std::string& path, std::uint64_t limit) override { return files_.read(path, limit); }

   private:
    const FileSystem& files_;
  };
  return std::make_unique<OneByOne>(*this);
}

std::unique_ptr<FileSystem> disk_files();

/// For tests: a tree given as path → content. Folders exist as soon as a file lies below them; "./a" and "a" are the same.
class MemoryFiles final : public FileSystem {
 public:
  MemoryFiles() = default;
  explicit MemoryFiles(std::map<std::string, std::string> files);
  void put(const std::string& path, std::string content);
  /// Reading or listing `path` fails with `reason` from now on; it is there, as a file if nothing else is known of it.
  void fail(const std::string& path, std::string reason);

  Result<std::string> read(const std::string& path, std::uint64_t limit) const override;
  using FileSystem::list;
  Result<std::vector<DirectoryEntry>> list(const std::string& path) const override;
  FileType type(const std::string& path) const override;
  std::string canonical(const std::string& path) const override;

 private:
  std::map<std::string, std::string> files_;  ///< by normal path, like failures_
  std::map<std::string, std::string> failures_;
};

/// Why a file of more than `limit` bytes is not read: "larger than 1 GiB".
std::string too_large(std::uint64_t limit);

/// "a/b" from "a" and "b", without doubled slashes; `b` if absolute. "." parts vanish and ".." is applied textually; "." if nothing is
/// left.
std::string join_path(std::string_view a, std::string_view b);
/// Text before the last '/', "." when there is none, "/" for a path right below the root.
std::string_view parent_path(std::string_view path);
/// Text after the last '/'.
std::string_view file_name(std::string_view path);

}  // namespace hop
