#include "engine/write_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <memory>
#include <set>

#include "engine/pending_file.h"
#include "engine/uninterrupted.h"
#include "text/file_system.h"
#include "text/format.h"
#include "text/system_error.h"

namespace hop {
namespace {

std::string failure_text(const std::string& path, Errno error) { return format("cannot write `{}`: {}", path, words_of_error(error)); }

/// So that a rename outlives a loss of power. Not every file system can; the content is right either way.
void sync_folder(const std::string& folder) {
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return;
  ::fsync(opened);
  ::close(opened);
}

struct Pending {
  explicit Pending(const Rewrite& one) : rewrite(&one), file(one.path) {}
  const Rewrite* rewrite;
  PendingFile file;

  bool is_unchanged(const FileSystem& files) const {
    const auto now = files.read(file.target(), rewrite->before.size());
    return now && *now == rewrite->before;
  }
};

}  // namespace

Rewritten rewrite_files(std::span<const Rewrite> rewrites) {
  const Uninterrupted uninterrupted;
  const auto files = disk_files();
  Rewritten result;
  std::vector<Pending> pending;
  pending.reserve(rewrites.size());
  for (const Rewrite& rewrite : rewrites) {
    Pending& one = pending.emplace_back(rewrite);
    if (!one.is_unchanged(*files)) {
      result.changed.push_back(one.rewrite->path);
      pending.pop_back();
    } else if (const Errno failed = one.file.prepare(rewrite.after, true)) {
      result.failure = failure_text(one.rewrite->path, failed);
      return result;
    }
  }
  std::set<std::string> folders;
  for (Pending& one : pending) {
    if (!one.is_unchanged(*files)) {  // asked again, as late as can be
      result.changed.push_back(one.rewrite->path);
    } else if (const Errno failed = one.file.commit()) {
      result.failure = failure_text(one.rewrite->path, failed);
      break;
    } else {
      folders.emplace(parent_path(one.file.target()));
    }
  }
  for (const std::string& folder : folders) sync_folder(folder);
  return result;
}

}  // namespace hop
