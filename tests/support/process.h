#pragma once
// Runs the built program as a user does, and folders on disk that vanish afterwards. Knows nothing of what the program prints.

#include <string>
#include <utility>
#include <vector>

namespace hop {

/// A fresh folder that everyone may enter; it and all below it goes away with this.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& relative) const { return path_ + "/" + relative; }
  /// Makes the folders on the way.
  void write(const std::string& relative, const std::string& content) const;
  std::string read(const std::string& relative) const;
  /// Names right in a folder, sorted.
  std::vector<std::string> list(const std::string& relative = ".") const;

 private:
  std::string path_;
};

struct ProcessOptions {
  std::string directory = ".";
  std::string input;                                             ///< stdin
  std::vector<std::pair<std::string, std::string>> environment;  ///< added to a bare one
  std::string stdout_path;                                       ///< where stdout goes instead of into ProcessResult::out
  bool broken_pipe = false;                                      ///< stdout is a pipe that nobody reads
  bool slow_pipe = false;                                        ///< the same, but somebody might still
  std::vector<int> closed;                                       ///< streams that are not open: 0, 1, 2
  std::vector<std::pair<int, unsigned long>> limits;             ///< what of RLIMIT_…, and how much
  bool unprivileged = false;                                     ///< without the rights of root, for whom no folder is closed
};

struct ProcessResult {
  int exit_code = -1;  ///< negative: killed by that signal
  std::string out, err;
};

/// One that runs. Killed after a minute: nothing we run may hang.
class Process {
 public:
  explicit Process(const std::vector<std::string>& arguments, ProcessOptions options = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  /// Whether it has not come to its end.
  bool runs() const;
  void signal(int number) const;
  /// Until it has ended. Once.
  ProcessResult wait();

 private:
  ProcessOptions options_;
  TemporaryFolder folder_;  ///< its streams
  int reader_ = -1;         ///< end of slow_pipe
  int child_ = -1;          ///< -1 once it was waited for
};

ProcessResult run_hoplint(const std::vector<std::string>& arguments, const ProcessOptions& options = {});

}  // namespace hop
