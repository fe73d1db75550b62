#include "support/watch.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace hop {
namespace {

/// Far beyond what the slowest input takes under a sanitizer on a busy machine.
constexpr std::chrono::seconds limit{120};

// A signal handler can be given no argument; each thread writes only its own.
thread_local const std::string* at_hand = nullptr;

extern "C" void name_and_die(int signal) {
  if (at_hand != nullptr) {
    const ssize_t written = write(STDERR_FILENO, at_hand->data(), at_hand->size());
    static_cast<void>(written);  // nothing is left to be done about it
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace

Watch::Watch(std::string what) : what_(std::move(what)), line_("crashed in " + what_ + "\n") {
  at_hand = &line_;
  // Each time, because Catch2 puts its own handlers in place for every test case.
  for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS}) std::signal(signal, name_and_die);
  guard_ = std::thread([this] { guard(); });
}

Watch::~Watch() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  wake_.notify_one();
  guard_.join();
  at_hand = nullptr;
}

void Watch::step(std::size_t number) {
  line_ = "crashed in " + what_ + " at " + std::to_string(number) + "\n";
  const std::lock_guard lock(mutex_);
  step_ = number;
}

void Watch::guard() {
  std::unique_lock lock(mutex_);
  while (!done_) {
    const std::size_t before = step_;
    if (wake_.wait_for(lock, limit, [&] { return done_; })) return;
    if (step_ != before) continue;
    std::fprintf(stderr, "hangs in %s at %zu\n", what_.c_str(), step_);
    std::_Exit(EXIT_FAILURE);
  }
}

}  // namespace hop
