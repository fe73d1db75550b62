#include "cli/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/terminal.h"
#include "text/format.h"

namespace hop {
namespace {

WriteFailure failure_of(std::string_view what, int error) {
  return {format("cannot write {}: {}", what, std::generic_category().message(error))};
}

/// 0, or the error.
int write_to(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// 0, or the error. Some file systems report a full disk only when the file is closed.
int write_file(const std::string& path, int flags, std::string_view text) {
  const int descriptor = ::open(path.c_str(), flags | O_WRONLY | O_CLOEXEC | O_NOCTTY, 0666);
  if (descriptor < 0) return errno;
  const int failed = write_to(descriptor, text);
  const bool closed = ::close(descriptor) == 0;
  return failed == 0 && !closed ? errno : failed;
}

/// Files written under another name, which take their own when all is well and vanish otherwise.
class PendingFiles {
 public:
  PendingFiles() = default;
  PendingFiles(const PendingFiles&) = delete;
  PendingFiles& operator=(const PendingFiles&) = delete;
  ~PendingFiles() {
    for (const auto& [temporary, path] : files_) ::unlink(temporary.c_str());
  }

  std::optional<WriteFailure> write(const Output& output) {
    std::string path = output.path;
    struct stat status{};
    if (::stat(path.c_str(), &status) == 0) {
      if (!S_ISREG(status.st_mode)) return direct(path, output.text);
      path = behind_links(path);
    }
    std::string temporary = format("{}.{}.tmp", path, ::getpid());
    const int failed = write_file(temporary, O_CREAT | O_TRUNC, output.text);
    files_.emplace_back(std::move(temporary), std::move(path));
    return failed == 0 ? std::nullopt : std::optional(failure_of(format("`{}`", output.path), failed));
  }

  std::optional<WriteFailure> commit() {
    for (; !files_.empty(); files_.pop_back()) {
      const auto& [temporary, path] = files_.back();
      if (::rename(temporary.c_str(), path.c_str()) != 0) return failure_of(format("`{}`", path), errno);
    }
    return std::nullopt;
  }

 private:
  static std::optional<WriteFailure> direct(const std::string& path, std::string_view text) {
    const int failed = write_file(path, 0, text);
    return failed == 0 ? std::nullopt : std::optional(failure_of(format("`{}`", path), failed));
  }

  /// Where a link leads: the link itself stays.
  static std::string behind_links(const std::string& path) {
    char* resolved = ::realpath(path.c_str(), nullptr);
    std::string target = resolved != nullptr ? resolved : path;
    std::free(resolved);
    return target;
  }

  std::vector<std::pair<std::string, std::string>> files_;  ///< temporary name and real one
};

}  // namespace

std::optional<WriteFailure> write_all(std::span<const Output> outputs) {
  PendingFiles pending;
  for (const Output& output : outputs) {
    if (output.path.empty()) continue;
    if (auto failure = pending.write(output)) return failure;
  }
  for (const Output& output : outputs) {
    if (!output.path.empty()) continue;
    const int failed = write_to(STDOUT_FILENO, output.text);
    if (failed == EPIPE) return WriteFailure{};
    if (failed != 0) return failure_of("to stdout", failed);
  }
  return pending.commit();
}

int print(std::string text) {
  const Output output{"", std::move(text)};
  const auto failure = write_all(std::span(&output, 1));
  if (failure && !failure->reason.empty()) complain("hoplint: " + failure->reason);
  return failure ? 2 : 0;
}

}  // namespace hop
