#include "cli/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/terminal.h"
#include "engine/pending_file.h"
#include "engine/uninterrupted.h"
#include "text/format.h"
#include "text/system_error.h"

namespace hop {
namespace {

std::optional<WriteFailure> failure_of(std::string_view what, Errno error) {
  if (error == 0) return std::nullopt;
  return WriteFailure{format("cannot write {}: {}", what, words_of_error(error))};
}

std::optional<WriteFailure> failure_of_file(const std::string& path, Errno error) { return failure_of(format("`{}`", path), error); }

/// To somebody who may take his time. EINTR if somebody else wants us to stop meanwhile.
Errno write_to_reader(int descriptor, std::string_view text, const Uninterrupted& uninterrupted) {
  while (!text.empty()) {
    if (!uninterrupted.wait_to_write(descriptor)) return EINTR;
    const std::string_view piece = text.substr(0, PIPE_BUF);  // more might wait where no signal is heard
    if (const Errno failed = write_whole(descriptor, piece)) return failed;
    text.remove_prefix(piece.size());
  }
  return 0;
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
    const int descriptor = ::open(output.path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
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

}  // namespace

std::optional<WriteFailure> write_all(std::span<const Output> outputs) {
  Devices devices;
  for (const Output& output : outputs) {
    if (output.path.empty() || !Devices::is_one(output.path)) continue;
    if (auto failure = devices.open(output)) return failure;
  }
  const Uninterrupted uninterrupted;
  std::vector<std::pair<const Output*, PendingFile>> pending;
  for (const Output& output : outputs) {
    if (output.path.empty() || Devices::is_one(output.path)) continue;
    PendingFile& file = pending.emplace_back(&output, output.path).second;
    if (auto failure = failure_of_file(output.path, file.prepare(output.text, false))) return failure;
  }
  if (auto failure = devices.write(uninterrupted)) return failure;
  for (const Output& output : outputs) {
    if (!output.path.empty()) continue;
    const Errno failed = write_to_reader(STDOUT_FILENO, output.text, uninterrupted);
    if (failed == EPIPE || failed == EINTR) return WriteFailure{};
    if (failed != 0) return failure_of("to stdout", failed);
  }
  for (auto& [output, file] : pending) {
    if (auto failure = failure_of_file(output->path, file.commit())) return failure;
  }
  return std::nullopt;
}

int print(std::string text) {
  const Output output{"", std::move(text)};
  const auto failure = write_all(std::span(&output, 1));
  if (failure && !failure->reason.empty()) complain("hoplint: " + failure->reason);
  return failure ? 2 : 0;
}

}  // namespace hop
