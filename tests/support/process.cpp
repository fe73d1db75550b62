#include "support/process.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
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

void redirect_stdout(const ProcessOptions& options, const std::string& folder) {
  if (!options.broken_pipe) {
    redirect(options.stdout_path.empty() ? folder + "/out" : options.stdout_path, O_WRONLY | O_CREAT, STDOUT_FILENO);
    return;
  }
  int ends[2];
  if (::pipe(ends) != 0 || ::dup2(ends[1], STDOUT_FILENO) < 0) ::_exit(121);
  ::close(ends[0]);
  ::close(ends[1]);
}

[[noreturn]] void become_hoplint(std::vector<std::string> words, const ProcessOptions& options, const std::string& folder) {
  std::vector<std::string> environment = environment_of(options);
  redirect(folder + "/in", O_RDONLY, STDIN_FILENO);
  redirect(folder + "/err", O_WRONLY | O_CREAT, STDERR_FILENO);
  redirect_stdout(options, folder);
  if (::chdir(options.directory.c_str()) != 0) ::_exit(122);
  if (options.unprivileged && ::geteuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) ::_exit(123);
  ::alarm(seconds);
  ::execve(words[0].c_str(), pointers(words).data(), pointers(environment).data());
  ::_exit(124);
}

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

ProcessResult run_hoplint(const std::vector<std::string>& arguments, const ProcessOptions& options) {
  const TemporaryFolder folder;
  folder.write("in", options.input);
  std::vector<std::string> words{HOPLINT_BINARY};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const pid_t child = ::fork();
  HOP_ENSURE(child >= 0);
  if (child == 0) become_hoplint(std::move(words), options, folder.path());
  int status = 0;
  HOP_ENSURE(::waitpid(child, &status, 0) == child);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), folder.read("out"), folder.read("err")};
}

}  // namespace hop
