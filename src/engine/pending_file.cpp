#include "engine/pending_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <utility>

#include "text/file_system.h"
#include "text/format.h"

namespace hop {
namespace {

constexpr int most_links = 40;  // as the kernel

/// Where a link leads, though nothing may be there.
std::string behind_links(std::string path) {
  for (int i = 0; i < most_links; ++i) {
    std::array<char, PATH_MAX> buffer{};
    const ssize_t size = ::readlink(path.c_str(), buffer.data(), buffer.size());
    if (size <= 0) break;
    const std::string next(buffer.data(), static_cast<std::size_t>(size));
    path = next.starts_with('/') ? next : format("{}/{}", parent_path(path), next);
  }
  return path;
}

/// What a file that is made anew may do for whom.
mode_t mode_of_new_files() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

/// Only root may give files away; what it writes for others stays theirs. Changing the owner takes bits off the mode, so that comes last.
Errno take_over(int file, const struct stat& target) {
  struct stat own{};
  if (::fstat(file, &own) != 0) return errno;
  const bool same = own.st_uid == target.st_uid && own.st_gid == target.st_gid;
  if (!same && ::fchown(file, target.st_uid, target.st_gid) != 0 && errno != EPERM) return errno;
  return ::fchmod(file, target.st_mode & 07777U) == 0 ? 0 : errno;
}

Errno fill(int file, std::string_view text, const struct stat* target, bool lasting) {
  if (const Errno failed = write_whole(file, text)) return failed;
  if (target == nullptr && ::fchmod(file, mode_of_new_files()) != 0) return errno;
  if (target != nullptr) {
    if (const Errno failed = take_over(file, *target)) return failed;
  }
  return !lasting || ::fsync(file) == 0 ? 0 : errno;
}

}  // namespace

Errno write_whole(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), std::min<std::size_t>(text.size(), std::size_t{1} << 30U));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

PendingFile::PendingFile(const std::string& path) : target_(behind_links(path)) {}

PendingFile::~PendingFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

PendingFile::PendingFile(PendingFile&& other) noexcept
    : target_(std::move(other.target_)), temporary_(std::exchange(other.temporary_, {})) {}

Errno PendingFile::prepare(std::string_view content, bool lasting) {
  struct stat status{};
  const bool is_there = ::stat(target_.c_str(), &status) == 0;
  if (!is_there && errno != ENOENT) return errno;
  if (is_there && ::access(target_.c_str(), W_OK) != 0) return errno;  // renaming needs no right to it, but it was withheld for a reason
  std::string name = format("{}/.{}.hoplint-XXXXXX", parent_path(target_), file_name(target_));
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return errno;
  temporary_ = std::move(name);
  const Errno failed = fill(file, content, is_there ? &status : nullptr, lasting);
  const bool closed = ::close(file) == 0;  // some file systems report a full disk only here
  return failed == 0 && !closed ? errno : failed;
}

Errno PendingFile::commit() {
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) return errno;
  temporary_.clear();
  return 0;
}

}  // namespace hop
