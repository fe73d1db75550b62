#include "text/kept_folders.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

namespace hop {

KeptFolders::KeptFolders() {
  constexpr rlim_t few = 128, enough = 16384;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur <= few) return;
  most_ = static_cast<std::size_t>(std::min(limit.rlim_cur / 2, enough));
  // Linux enlarges the table of open files when a number is beyond it, and where threads share the table it makes them wait some
  // milliseconds for each step: so it is done at once, and before there are others.
  const int beyond = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, static_cast<int>(most_) - 1);
  if (beyond >= 0) ::close(beyond);
}

KeptFolders::~KeptFolders() {
  for (const auto& [path, descriptor] : descriptors_) ::close(descriptor);
}

void KeptFolders::keep(const std::string& path, int descriptor) {
  const std::lock_guard lock(mutex_);
  const bool kept = descriptors_.size() < most_ && descriptors_.emplace(path, descriptor).second;
  if (!kept) ::close(descriptor);
}

int KeptFolders::take(std::string_view path) {
  const std::lock_guard lock(mutex_);
  const auto found = descriptors_.find(path);
  if (found == descriptors_.end()) return -1;
  const int descriptor = found->second;
  descriptors_.erase(found);
  return descriptor;
}

void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace hop
