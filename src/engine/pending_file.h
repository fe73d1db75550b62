#pragma once
// A new content beside the file it is for, which it takes the place of, or vanishes. Everything that this program writes goes this way.

#include <string>
#include <string_view>

namespace hop {

/// 0, or the error.
using Errno = int;

/// All of it, however often the system takes a part. EINTR is tried again.
Errno write_whole(int file, std::string_view text);

class PendingFile {
 public:
  /// For the file that `path` leads to; links to it stay, also one to a file that is not there yet.
  explicit PendingFile(const std::string& path);
  ~PendingFile();
  PendingFile(PendingFile&& other) noexcept;
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;
  PendingFile& operator=(PendingFile&&) = delete;

  /// No link.
  const std::string& target() const { return target_; }
  /// Into a hidden file beside the target, `.name.hoplint-XXXXXX`. The target's mode stays, and its owner where we may set it; a new one
  /// gets what new files get. With `lasting` it is on the disk when this returns.
  Errno prepare(std::string_view content, bool lasting);
  /// Takes the target's place. Hard links come apart.
  Errno commit();

 private:
  std::string target_;
  std::string temporary_;
};

}  // namespace hop
