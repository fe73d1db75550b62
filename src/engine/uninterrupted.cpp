#include "engine/uninterrupted.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>

namespace hop {

Uninterrupted::Uninterrupted() {
  ::sigemptyset(&signals_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) ::sigaddset(&signals_, signal);
  ::pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  arrivals_ = ::signalfd(-1, &signals_, SFD_CLOEXEC | SFD_NONBLOCK);
}

Uninterrupted::~Uninterrupted() {
  if (arrivals_ >= 0) ::close(arrivals_);
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool Uninterrupted::wait_to_write(int descriptor) const {
  pollfd waiting[] = {{descriptor, POLLOUT, 0}, {arrivals_, POLLIN, 0}};
  int ready = 0;
  do {
    ready = ::poll(waiting, 2, -1);
  } while (ready < 0 && errno == EINTR);
  return ready < 0 || waiting[1].revents == 0;  // whatever is wrong with the descriptor, write() says it
}

}  // namespace hop
