#include "engine/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <set>
#include <utility>

#include "engine/uninterrupted.h"
#include "text/file_system.h"
#include "text/format.h"
#include "text/system_error.h"

namespace hop {
namespace {

/// 0, or the error.
using Errno = int;

std::string failure_text(const std::string& path, Errno error) { return format("cannot write `{}`: {}", path, words_of_error(error)); }

Errno write_all_of(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), std::min<std::size_t>(text.size(), std::size_t{1} << 30U));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// Only root may give files away; what it writes for others stays theirs. Changing the owner takes bits off the mode, so that comes last.
Errno take_over(int file, const struct stat& target) {
  struct stat own{};
  if (::fstat(file, &own) != 0) return errno;
  const bool same = own.st_uid == target.st_uid && own.st_gid == target.st_gid;
  if (!same && ::fchown(file, target.st_uid, target.st_gid) != 0 && errno != EPERM) return errno;
  return ::fchmod(file, target.st_mode & 07777U) == 0 ? 0 : errno;
}

Errno fill(int file, std::string_view text, const struct stat& target) {
  if (const Errno failed = write_all_of(file, text)) return failed;
  if (const Errno failed = take_over(file, target)) return failed;
  return ::fsync(file) == 0 ? 0 : errno;
}

/// So that a rename outlives a loss of power. Not every file system can; the content is right either way.
void sync_folder(const std::string& folder) {
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return;
  ::fsync(opened);
  ::close(opened);
}

/// A new content beside the file it is for; vanishes unless it takes that file's place.
class Pending {
 public:
  explicit Pending(const Rewrite& rewrite) : rewrite_(&rewrite), files_(disk_files()), target_(files_->canonical(rewrite.path)) {}
  ~Pending() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
  }
  Pending(Pending&& other) noexcept
      : rewrite_(other.rewrite_),
        files_(std::move(other.files_)),
        target_(std::move(other.target_)),
        temporary_(std::exchange(other.temporary_, {})) {}
  Pending(const Pending&) = delete;
  Pending& operator=(const Pending&) = delete;
  Pending& operator=(Pending&&) = delete;

  const std::string& path() const { return rewrite_->path; }
  std::string folder() const { return std::string(parent_path(target_)); }

  bool is_unchanged() const {
    const auto now = files_->read(target_, rewrite_->before.size());
    return now && *now == rewrite_->before;
  }

  Errno prepare() {
    struct stat status{};
    if (::stat(target_.c_str(), &status) != 0) return errno;
    if (::access(target_.c_str(), W_OK) != 0) return errno;  // renaming needs no right to the file, but it was withheld for a reason
    std::string name = format("{}/.{}.hoplint-XXXXXX", parent_path(target_), file_name(target_));
    const int file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file < 0) return errno;
    temporary_ = std::move(name);
    const Errno failed = fill(file, rewrite_->after, status);
    const bool closed = ::close(file) == 0;  // some file systems report a full disk only here
    return failed == 0 && !closed ? errno : failed;
  }

  Errno commit() {
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) return errno;
    temporary_.clear();
    return 0;
  }

 private:
  const Rewrite* rewrite_;
  std::unique_ptr<FileSystem> files_;
  std::string target_;  ///< no link
  std::string temporary_;
};

}  // namespace

Rewritten rewrite_files(std::span<const Rewrite> rewrites) {
  const Uninterrupted uninterrupted;
  Rewritten result;
  std::vector<Pending> pending;
  pending.reserve(rewrites.size());
  for (const Rewrite& rewrite : rewrites) {
    Pending& one = pending.emplace_back(rewrite);
    if (!one.is_unchanged()) {
      result.changed.push_back(one.path());
      pending.pop_back();
    } else if (const Errno failed = one.prepare()) {
      result.failure = failure_text(one.path(), failed);
      return result;
    }
  }
  std::set<std::string> folders;
  for (Pending& one : pending) {
    if (!one.is_unchanged()) {  // asked again, as late as can be
      result.changed.push_back(one.path());
    } else if (const Errno failed = one.commit()) {
      result.failure = failure_text(one.path(), failed);
      break;
    } else {
      folders.insert(one.folder());
    }
  }
  for (const std::string& folder : folders) sync_folder(folder);
  return result;
}

}  // namespace hop
