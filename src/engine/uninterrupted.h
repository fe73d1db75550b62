#pragma once
// Keeps those who ask us politely to stop waiting, so that no files of ours stay behind. Knows nothing of what is written.

#include <csignal>

namespace hop {

/// While one lives, SIGINT, SIGTERM, SIGHUP and SIGQUIT wait; at its end they do what they always do. Of the thread that made it, which
/// must be the only one that runs.
class Uninterrupted {
 public:
  Uninterrupted();
  ~Uninterrupted();
  Uninterrupted(const Uninterrupted&) = delete;
  Uninterrupted& operator=(const Uninterrupted&) = delete;

  /// Waits until something can be written to a descriptor, however long its reader takes; false as soon as a signal waits. Up to PIPE_BUF
  /// bytes can be written then without waiting again.
  bool wait_to_write(int descriptor) const;

 private:
  sigset_t signals_{};
  sigset_t before_{};
  int arrivals_ = -1;  ///< a descriptor that is readable when a signal waits; -1 if there is none to be had
};

}  // namespace hop
