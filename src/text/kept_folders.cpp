#include "text/kept_folders.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

namespace hop {

KeptFolders::KeptFolders() {
  constexpr rlim_t few = 128, enough = 16384;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur > few)
    most_ = static_cast<std::size_t>(std::min(limit.rlim_cur / 2, enough));
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

}  // namespace hop
