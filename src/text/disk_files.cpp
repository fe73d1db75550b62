#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>
#include <thread>
#include <utility>

#include "text/file_system.h"
#include "text/system_error.h"

namespace hop {
namespace {

Failure failure_of(int error) { return Failure{words_of_error(error)}; }

FileType type_of(mode_t mode) {
  if (S_ISREG(mode)) return FileType::regular;
  return S_ISDIR(mode) ? FileType::directory : FileType::other;
}

/// A path that holds a NUL would name another file to the system.
bool can_name_a_file(const std::string& path) { return path.find('\0') == std::string::npos; }

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void replace(int number) {
    if (number_ >= 0) ::close(number_);
    number_ = number;
  }
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

/// A path below an open folder, AT_FDCWD for the working directory.
int open_once(int folder, const char* path, int flags) {
  int number = -1;
  do {
    // Without O_NONBLOCK, opening a FIFO waits for somebody to write to it.
    number = ::openat(folder, path, flags | O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  } while (number < 0 && errno == EINTR);
  return number;
}

bool lacks_descriptors(int error) { return error == EMFILE || error == ENFILE; }

/// The same, patiently: other threads of ours hold descriptors for the time of one read, and a file must not count as unreadable for that.
int open_to_read(const char* path, int flags = 0) {
  constexpr int most = 20'000;
  int number = open_once(AT_FDCWD, path, flags);
  for (int i = 0; i < most && number < 0 && lacks_descriptors(errno); ++i) {
    std::this_thread::yield();
    number = open_once(AT_FDCWD, path, flags);
  }
  return number;
}

int open_folder(const std::string& path) { return open_to_read(path.c_str(), O_DIRECTORY); }

/// Fills `room` from `filled` on; returns false on an error, true at the end of the file or when the room is full.
bool read_into(int file, std::string& room, std::size_t& filled) {
  constexpr std::size_t most = std::size_t{1} << 30;  // Linux reads less than 2 GiB at once
  while (filled < room.size()) {
    const std::size_t asked = std::min(room.size() - filled, most);
    const ssize_t count = ::read(file, room.data() + filled, asked);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    filled += static_cast<std::size_t>(count);
    if (static_cast<std::size_t>(count) < asked) return true;  // a regular file gives less only at its end
  }
  return true;
}

/// The room is one byte larger than the file is said to be: if that byte stays free, the end was reached without asking again.
/// A file that grows meanwhile (or that has no size, as in /proc) gets more.
Result<std::string> read_all(int file, std::uint64_t size, std::uint64_t limit) {
  std::string content(static_cast<std::size_t>(size) + 1, '\0');
  std::size_t filled = 0;
  while (true) {
    if (!read_into(file, content, filled)) return failure_of(errno);
    if (filled > limit) return Failure{too_large(limit)};
    if (filled < content.size()) break;
    content.resize(content.size() * 2 + 4096);
  }
  content.resize(filled);
  return content;
}

Result<std::string> read_file(const std::string& path, std::uint64_t limit) {
  const Descriptor file(open_to_read(path.c_str()));
  if (file.number() < 0) return errno == ENXIO ? Failure{"not a regular file"} : failure_of(errno);  // ENXIO: a socket
  struct stat status{};
  if (::fstat(file.number(), &status) != 0) return failure_of(errno);
  if (!S_ISREG(status.st_mode)) return Failure{"not a regular file"};
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > limit) return Failure{too_large(limit)};
  return read_all(file.number(), size, limit);
}

/// Asks the system about an entry only where the folder does not say it.
DirectoryEntry entry_of(int folder, const dirent64& found) {
  DirectoryEntry entry{found.d_name, FileType::other, found.d_type == DT_LNK};
  struct stat status{};
  if (found.d_type == DT_REG) {
    entry.type = FileType::regular;
  } else if (found.d_type == DT_DIR) {
    entry.type = FileType::directory;
  } else if (found.d_type == DT_UNKNOWN || found.d_type == DT_LNK) {
    if (found.d_type == DT_UNKNOWN && ::fstatat(folder, found.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
      entry.link = S_ISLNK(status.st_mode);
    }
    entry.type = ::fstatat(folder, found.d_name, &status, 0) == 0 ? type_of(status.st_mode) : FileType::missing;
  }
  return entry;
}

/// Without opendir(), which asks for the folder's status and for memory each time: a fifth of the time that many small folders need.
Result<std::vector<DirectoryEntry>> read_folder(int folder) {
  std::vector<DirectoryEntry> entries;
  alignas(dirent64) char room[std::size_t{1} << 15U];
  while (true) {
    const ssize_t filled = ::getdents64(folder, room, sizeof room);
    if (filled < 0) return failure_of(errno);
    if (filled == 0) break;
    for (ssize_t at = 0; at < filled;) {
      const auto& found = *reinterpret_cast<const dirent64*>(room + at);
      at += found.d_reclen;
      const std::string_view name = found.d_name;
      if (name != "." && name != "..") entries.push_back(entry_of(folder, found));
    }
  }
  std::sort(entries.begin(), entries.end(), [](const DirectoryEntry& a, const DirectoryEntry& b) { return a.name < b.name; });
  return entries;
}

/// Opens files from their folder, which spares the system the way there, and takes those that fit its room without asking for their size:
/// together a quarter of the time that many small files need.
class DiskReader final : public BulkReader {
 public:
  DiskReader(const FileSystem& files, KeptFolders* kept) : files_(files), kept_(kept), room_(std::size_t{1} << 16U, '\0') {}

  Result<std::string> read(const std::string& path, std::uint64_t limit) override {
    if (!can_name_a_file(path)) return files_.read(path, limit);
    enter(parent_path(path));
    std::size_t filled = 0;
    if (read_from_folder(path, filled) && filled <= limit) return room_.substr(0, filled);
    return files_.read(path, limit);
  }

 private:
  /// Whether a file that is not empty has been read, as a whole, into the room.
  bool read_from_folder(const std::string& path, std::size_t& filled) {
    const Descriptor file(open_once(folder_.number(), path.c_str() + (path.size() - file_name(path).size()), 0));
    if (file.number() < 0) {
      if (lacks_descriptors(errno)) leave();  // ours may be the one that is wanted
      return false;
    }
    return read_into(file.number(), room_, filled) && filled > 0 && filled < room_.size();
  }

  void leave() {
    name_.clear();
    folder_.replace(-1);
  }

  void enter(std::string_view folder) {
    if (folder_.number() >= 0 && folder == name_) return;
    name_ = folder;
    const int kept = kept_ == nullptr ? -1 : kept_->take(folder);
    folder_.replace(kept >= 0 ? kept : ::open(name_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  }

  const FileSystem& files_;
  KeptFolders* kept_;
  Descriptor folder_;
  std::string name_;  ///< of folder_
  std::string room_;
};

class DiskFiles final : public FileSystem {
 public:
  std::unique_ptr<BulkReader> bulk_reader(KeptFolders* kept) const override { return std::make_unique<DiskReader>(*this, kept); }

  Result<std::string> read(const std::string& path, std::uint64_t limit) const override try {
    return can_name_a_file(path) ? read_file(path, limit) : failure_of(ENOENT);
  } catch (const std::bad_alloc&) {
    return Failure{"not enough memory"};
  }

  Result<std::vector<DirectoryEntry>> list(const std::string& path) const override {
    if (!can_name_a_file(path)) return failure_of(ENOENT);
    const Descriptor folder(open_folder(path));
    return folder.number() >= 0 ? read_folder(folder.number()) : failure_of(errno);
  }

  Result<std::vector<DirectoryEntry>> list(const std::string& path, KeptFolders& kept) const override {
    if (!can_name_a_file(path)) return failure_of(ENOENT);
    Descriptor folder(open_folder(path));
    if (folder.number() < 0) return failure_of(errno);
    auto entries = read_folder(folder.number());
    const auto is_file = [](const DirectoryEntry& entry) { return entry.type == FileType::regular; };
    if (entries && std::any_of(entries->begin(), entries->end(), is_file)) kept.keep(path, folder.release());
    return entries;
  }

  FileType type(const std::string& path) const override {
    struct stat status{};
    return can_name_a_file(path) && ::stat(path.c_str(), &status) == 0 ? type_of(status.st_mode) : FileType::missing;
  }

  std::string canonical(const std::string& path) const override {
    if (!can_name_a_file(path)) return path;
    const std::unique_ptr<char, void (*)(void*)> resolved(::realpath(path.c_str(), nullptr), std::free);
    return resolved ? std::string(resolved.get()) : path;
  }
};

}  // namespace

std::unique_ptr<FileSystem> disk_files() { return std::make_unique<DiskFiles>(); }

}  // namespace hop
