#include "support/process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "text/ensure.h"
#include "text/format.h"

namespace hop {
namespace {

namespace fs = std::filesystem;

constexpr unsigned seconds = 60;
constexpr unsigned nobody = 65534;

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void redirect(const std::string& path, int flags, int descriptor) {
  const int opened = ::open(path.c_str(), flags, 0644);
  if (opened < 0 || ::dup2(opened, descriptor) < 0) ::_exit(120);
  ::close(opened);
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> list;
  list.reserve(words.size() + 1);
  for (std::string& word : words) list.push_back(word.data());
  list.push_back(nullptr);
  return list;
}

std::vector<std::string> environment_of(const ProcessOptions& options) {
  std::vector<std::string> words{"PATH=/usr/bin:/bin", "HOME=/nonexistent"};
  // Sanitizers take their options from here.
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) words.push_back(format("{}={}", name, value));
  }
  for (const auto& [name, value] : options.environment) words.push_back(format("{}={}", name, value));
  return words;
}

void restrict(const ProcessOptions& options) {
  for (const auto& [what, most] : options.limits) {
    const rlimit limit{most, most};
    if (::setrlimit(static_cast<__rlimit_resource>(what), &limit) != 0) ::_exit(125);
  }
  for (const int stream : options.closed) ::close(stream);
}

/// All that a child needs, made before the fork: another thread of ours may hold the lock of what would make it.
struct Start {
  const ProcessOptions& options;
  std::vector<std::string> words, environment;
  std::string in, out, err;
  std::vector<char*> arguments, variables;
  int pipe[2] = {-1, -1};  ///< for stdout, or none
  sigset_t mask{};         ///< of signals, as it was: none may reach a child that still has our handlers

  Start(const std::vector<std::string>& given, const ProcessOptions& how, const std::string& folder)
      : options(how),
        words{HOPLINT_BINARY},
        environment(environment_of(how)),
        in(folder + "/in"),
        out(how.stdout_path.empty() ? folder + "/out" : how.stdout_path),
        err(folder + "/err") {
    words.insert(words.end(), given.begin(), given.end());
    arguments = pointers(words);
    variables = pointers(environment);
    sigset_t all;
    ::sigfillset(&all);
    ::sigprocmask(SIG_BLOCK, &all, &mask);
    HOP_ENSURE(!(how.broken_pipe || how.slow_pipe) || ::pipe2(pipe, O_CLOEXEC) == 0);
  }

  [[noreturn]] void become_hoplint() const {
    for (const int signal : {SIGTERM, SIGINT, SIGXFSZ}) ::signal(signal, SIG_DFL);  // Catch2 has handlers of its own
    ::sigprocmask(SIG_SETMASK, &mask, nullptr);
    redirect(in, O_RDONLY, STDIN_FILENO);
    redirect(err, O_WRONLY | O_CREAT, STDERR_FILENO);
    if (pipe[1] < 0) redirect(out, O_WRONLY | O_CREAT, STDOUT_FILENO);
    if (pipe[1] >= 0 && ::dup2(pipe[1], STDOUT_FILENO) < 0) ::_exit(121);
    if (::chdir(options.directory.c_str()) != 0) ::_exit(122);
    if (options.unprivileged && ::geteuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) ::_exit(123);
    ::alarm(seconds);
    restrict(options);
    ::execve(arguments[0], arguments.data(), variables.data());
    ::_exit(124);
  }
};

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "hoplint-test-XXXXXX").string();
  HOP_ENSURE(::mkdtemp(pattern.data()) != nullptr);
  path_ = fs::canonical(pattern).string();
  fs::permissions(path_, fs::perms(0755));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(path_, ignored)) {  // folders closed by a test
    if (!entry.is_symlink(ignored) && entry.is_directory(ignored)) fs::permissions(entry, fs::perms::owner_all, ignored);
  }
  fs::remove_all(path_, ignored);
}

void TemporaryFolder::write(const std::string& relative, const std::string& content) const {
  const fs::path path = fs::path(path_) / relative;
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

std::string TemporaryFolder::read(const std::string& relative) const { return content_of(*this / relative); }

std::vector<std::string> TemporaryFolder::list(const std::string& relative) const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(*this / relative)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

Process::Process(const std::vector<std::string>& arguments, ProcessOptions options) : options_(std::move(options)) {
  folder_.write("in", options_.input);
  const Start start(arguments, options_, folder_.path());
  child_ = ::fork();
  HOP_ENSURE(child_ >= 0);
  if (child_ == 0) start.become_hoplint();
  ::sigprocmask(SIG_SETMASK, &start.mask, nullptr);
  if (start.pipe[1] >= 0) ::close(start.pipe[1]);
  if (options_.broken_pipe) ::close(start.pipe[0]);
  if (options_.slow_pipe) reader_ = start.pipe[0];
}

Process::~Process() {
  if (child_ >= 0) {
    signal(SIGKILL);
    wait();
  }
  if (reader_ >= 0) ::close(reader_);
}

bool Process::runs() const {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

void Process::signal(int number) const { ::kill(child_, number); }

ProcessResult Process::wait() {
  int status = 0;
  HOP_ENSURE(::waitpid(child_, &status, 0) == child_);
  child_ = -1;
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), folder_.read("out"), folder_.read("err")};
}

ProcessResult run_hoplint(const std::vector<std::string>& arguments, const ProcessOptions& options) {
  return Process(arguments, options).wait();
}

}  // namespace hop
