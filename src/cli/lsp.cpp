// `hoplint lsp`: the language server on stdin and stdout. A thread reads, this one works: so an edit that comes in stops the work on the
// text before it.

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <utility>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/setup.h"
#include "lsp/framing.h"
#include "lsp/server.h"
#include "text/file_system.h"

namespace hop {
namespace {

/// How often it is looked whether the process that started us still lives, in milliseconds.
constexpr int parent_interval = 1000;

/// Messages from the thread that reads to the one that works.
class Inbox {
 public:
  void put(std::string message) {
    const std::lock_guard lock(mutex_);
    messages_.push_back(std::move(message));
    changed_.notify_one();
  }
  /// Nothing more will come.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_one();
  }
  /// False if there is none, or, with `wait`, if there will be none any more.
  bool take(std::string& message, bool wait) {
    std::unique_lock lock(mutex_);
    if (wait) changed_.wait(lock, [&] { return closed_ || !messages_.empty(); });
    if (messages_.empty()) return false;
    message = std::move(messages_.front());
    messages_.pop_front();
    return true;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> messages_;
  bool closed_ = false;
};

bool lives(long process) { return ::kill(static_cast<pid_t>(process), 0) == 0 || errno != ESRCH; }

/// What the thread that reads is told by the one that works.
struct Watch {
  std::mutex mutex;
  long parent = 0;  ///< 0: nobody
  long get() {
    const std::lock_guard lock(mutex);
    return parent;
  }
  void set(long process) {
    const std::lock_guard lock(mutex);
    parent = process;
  }
};

/// Until stdin ends, or the parent does: an editor that was killed may leave stdin open in another of its children.
void read_messages(Inbox& inbox, Watch& watch) {
  lsp::FrameReader reader;
  std::string buffer(std::size_t{1} << 16U, '\0');
  while (true) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    const int ready = ::poll(&input, 1, parent_interval);
    if (const long parent = watch.get(); parent > 0 && !lives(parent)) break;
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    reader.feed(std::string_view(buffer).substr(0, static_cast<std::size_t>(count)));
    while (auto message = reader.next()) inbox.put(std::move(*message));
  }
  inbox.close();
}

/// False if nobody reads any more.
bool flush(lsp::Server& server) {
  std::string out;
  for (const std::string& message : server.take_output()) out += lsp::frame(message);
  if (out.empty()) return true;
  const Output output{"", std::move(out)};
  return !write_all(std::span(&output, 1));
}

int serve(lsp::Server& server, Inbox& inbox, Watch& watch, long parent) {
  std::string message;
  while (!server.exit_code()) {
    const bool came = inbox.take(message, false);
    if (came) server.handle(message);
    const bool worked = !came && server.step();
    if (!flush(server)) return 1;
    watch.set(static_cast<long>(server.parent().value_or(parent)));
    if (came || worked) continue;
    if (!inbox.take(message, true)) return 1;  // without `exit`
    server.handle(message);
    if (!flush(server)) return 1;
  }
  return server.exit_code().value_or(1);
}

}  // namespace

int run_command(const LspOptions& options) {
  const auto files = disk_files();
  lsp::Server server(*files, today(), options.jobs);
  if (options.parent > 0 && !lives(options.parent)) return 1;
  Inbox inbox;
  Watch watch;
  watch.set(options.parent);
  // It waits for stdin, which may never end: the process does, with it.
  std::thread([&] { read_messages(inbox, watch); }).detach();
  ::_exit(serve(server, inbox, watch, options.parent));
}

}  // namespace hop
