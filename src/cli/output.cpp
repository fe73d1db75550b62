#include "cli/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/terminal.h"
#include "engine/uninterrupted.h"
#include "text/format.h"
#include "text/system_error.h"

namespace hop {
namespace {

/// 0, or the error.
using Errno = int;

std::optional<WriteFailure> failure_of(std::string_view what, Errno error) {
  if (error == 0) return std::nullopt;
  return WriteFailure{format("cannot write {}: {}", what, words_of_error(error))};
}

std::optional<WriteFailure> failure_of_file(const std::string& path, Errno error) { return failure_of(format("`{}`", path), error); }

Errno write_to(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// To somebody who may take his time. EINTR if somebody else wants us to stop meanwhile.
Errno write_to_reader(int descriptor, std::string_view text, const Uninterrupted& uninterrupted) {
  while (!text.empty()) {
    if (!uninterrupted.wait_to_write(descriptor)) return EINTR;
    const std::string_view piece = text.substr(0, PIPE_BUF);  // more might wait where no signal is heard
    if (const Errno failed = write_to(descriptor, piece)) return failed;
    text.remove_prefix(piece.size());
  }
  return 0;
}

int open_to_write(const std::string& path, int flags) { return ::open(path.c_str(), flags | O_WRONLY | O_CLOEXEC | O_NOCTTY, 0666); }

/// Some file systems report a full disk only when the file is closed.
Errno close_after(int descriptor, Errno failed) {
  const bool closed = ::close(descriptor) == 0;
  return failed == 0 && !closed ? errno : failed;
}

/// What is there and is no regular file: opened before anything of ours is written, since a FIFO may wait for its reader.
class Devices {
 public:
  Devices() = default;
  Devices(const Devices&) = delete;
  Devices& operator=(const Devices&) = delete;
  ~Devices() {
    for (const auto& [output, descriptor] : open_) ::close(descriptor);
  }

  static bool is_one(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
  }

  std::optional<WriteFailure> open(const Output& output) {
    const int descriptor = open_to_write(output.path, 0);
    if (descriptor < 0) return failure_of_file(output.path, errno);
    open_.emplace_back(&output, descriptor);
    return std::nullopt;
  }

  std::optional<WriteFailure> write(const Uninterrupted& uninterrupted) {
    for (; !open_.empty(); open_.pop_back()) {
      const auto [output, descriptor] = open_.back();
      const Errno failed = write_to_reader(descriptor, output->text, uninterrupted);
      if (failed != 0) return failure_of_file(output->path, failed);
      if (::close(std::exchange(open_.back().second, -1)) != 0) return failure_of_file(output->path, errno);
    }
    return std::nullopt;
  }

 private:
  std::vector<std::pair<const Output*, int>> open_;
};

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
    std::string path = behind_links(output.path);
    std::string temporary = format("{}.{}.tmp", path, ::getpid());
    const int descriptor = open_to_write(temporary, O_CREAT | O_TRUNC);
    if (descriptor < 0) return failure_of_file(output.path, errno);
    files_.emplace_back(std::move(temporary), std::move(path));
    return failure_of_file(output.path, close_after(descriptor, write_to(descriptor, output.text)));
  }

  std::optional<WriteFailure> commit() {
    for (; !files_.empty(); files_.pop_back()) {
      const auto& [temporary, path] = files_.back();
      if (::rename(temporary.c_str(), path.c_str()) != 0) return failure_of_file(path, errno);
    }
    return std::nullopt;
  }

 private:
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
  Devices devices;
  for (const Output& output : outputs) {
    if (output.path.empty() || !Devices::is_one(output.path)) continue;
    if (auto failure = devices.open(output)) return failure;
  }
  const Uninterrupted uninterrupted;
  PendingFiles pending;
  for (const Output& output : outputs) {
    if (output.path.empty() || Devices::is_one(output.path)) continue;
    if (auto failure = pending.write(output)) return failure;
  }
  if (auto failure = devices.write(uninterrupted)) return failure;
  for (const Output& output : outputs) {
    if (!output.path.empty()) continue;
    const Errno failed = write_to_reader(STDOUT_FILENO, output.text, uninterrupted);
    if (failed == EPIPE || failed == EINTR) return WriteFailure{};
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
