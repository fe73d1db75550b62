#pragma once
// Names the input at hand when a check crashes or hangs, which no assertion could report.
// Knows nothing of what is checked.

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>

namespace hop {

/// While one lives, a crash of its thread prints `what` and the last step; so does a hang, which then ends the process. One per
/// thread at a time.
class Watch {
 public:
  explicit Watch(std::string what);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch();
  /// The part that is begun now; gets its own time.
  void step(std::size_t number);

 private:
  void guard();
  std::string what_;
  std::string line_;  ///< what a dying process prints; only its own thread changes it
  std::mutex mutex_;
  std::condition_variable wake_;
  std::size_t step_ = 0;
  bool done_ = false;
  std::thread guard_;
};

}  // namespace hop
