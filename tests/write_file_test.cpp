// Replacing files on disk: whole or not at all, whatever happens.

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "engine/write_file.h"
#include "support/catch.h"
#include "support/process.h"
#include "text/ensure.h"

namespace hop {
namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

Rewritten rewrite(const std::string& path, std::string_view before, std::string_view after) {
  const Rewrite one{path, before, after};
  return rewrite_files({&one, 1});
}

/// Runs `work` in a child and waits for it; its exit code.
template <class Work>
int in_child(const Work& work) {
  const pid_t child = ::fork();
  HOP_ENSURE(child >= 0);
  if (child == 0) ::_exit(work());
  int status = 0;
  HOP_ENSURE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_CASE("several files are replaced and nothing is left beside them") {
  const TemporaryFolder folder;
  folder.write("a.yaml", "old a");
  folder.write("sub/b.yaml", "old b");
  const std::string a = folder / "a.yaml", b = folder / "sub/b.yaml";
  const Rewrite both[] = {{a, "old a", "new a"}, {b, "old b", ""}};
  const Rewritten result = rewrite_files(both);
  CHECK_FALSE(result.failure);
  CHECK(result.changed.empty());
  CHECK(folder.read("a.yaml") == "new a");
  CHECK(folder.read("sub/b.yaml").empty());
  CHECK(folder.list() == Strings{"a.yaml", "sub"});
  CHECK(folder.list("sub") == Strings{"b.yaml"});
}

TEST_CASE("the mode stays, and a link stays a link") {
  const TemporaryFolder folder;
  folder.write("real/a.yaml", "old");
  REQUIRE(::chmod((folder / "real/a.yaml").c_str(), 0751) == 0);
  fs::create_symlink("real/a.yaml", folder / "near.yaml");
  fs::create_symlink("near.yaml", folder / "far.yaml");
  CHECK_FALSE(rewrite(folder / "far.yaml", "old", "new").failure);
  CHECK(fs::is_symlink(folder / "far.yaml"));
  CHECK(fs::is_symlink(folder / "near.yaml"));
  CHECK(folder.read("real/a.yaml") == "new");
  struct stat status{};
  REQUIRE(::stat((folder / "real/a.yaml").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777U) == 0751U);
  CHECK(folder.list("real") == Strings{"a.yaml"});
}

TEST_CASE("the owner stays where root writes") {
  if (::geteuid() != 0) return;
  const TemporaryFolder folder;
  folder.write("a.yaml", "old");
  REQUIRE(::chown((folder / "a.yaml").c_str(), 1234, 4321) == 0);
  CHECK_FALSE(rewrite(folder / "a.yaml", "old", "new").failure);
  struct stat status{};
  REQUIRE(::stat((folder / "a.yaml").c_str(), &status) == 0);
  CHECK(status.st_uid == 1234);
  CHECK(status.st_gid == 4321);
}

TEST_CASE("a file that changed since it was read is left alone") {
  const TemporaryFolder folder;
  folder.write("a.yaml", "mine now");
  folder.write("longer.yaml", "old and more");
  folder.write("b.yaml", "old");
  const std::string a = folder / "a.yaml", b = folder / "b.yaml", longer = folder / "longer.yaml", gone = folder / "gone.yaml";
  const Rewrite all[] = {{a, "old", "new"}, {b, "old", "new"}, {longer, "old", "new"}, {gone, "old", "new"}};
  const Rewritten result = rewrite_files(all);
  CHECK(result.changed == Strings{a, longer, gone});
  CHECK_FALSE(result.failure);
  CHECK(folder.read("a.yaml") == "mine now");
  CHECK(folder.read("longer.yaml") == "old and more");
  CHECK(folder.read("b.yaml") == "new");
  CHECK(folder.list() == Strings{"a.yaml", "b.yaml", "longer.yaml"});
}

TEST_CASE("where a file cannot be written, none is") {
  const TemporaryFolder folder;
  folder.write("a.yaml", "old");
  folder.write("closed/b.yaml", "old");
  const std::string a = folder / "a.yaml", b = folder / "closed/b.yaml";
  REQUIRE(::chmod(a.c_str(), 0666) == 0);
  REQUIRE(::chmod(folder.path().c_str(), 0777) == 0);
  REQUIRE(::chmod((folder / "closed").c_str(), 0555) == 0);
  const auto closed_folder = [&] {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 3;
    const Rewrite both[] = {{a, "old", "new"}, {b, "old", "new"}};
    return rewrite_files(both).failure.value_or("") == "cannot write `" + b + "`: permission denied" ? 0 : 1;
  };
  CHECK(in_child(closed_folder) == 0);
  CHECK(folder.read("a.yaml") == "old");
  CHECK(folder.read("closed/b.yaml") == "old");
  CHECK(folder.list() == Strings{"a.yaml", "closed"});
  CHECK(folder.list("closed") == Strings{"b.yaml"});
}

TEST_CASE("a file that is read-only is left alone") {
  const TemporaryFolder folder;
  folder.write("a.yaml", "old");
  REQUIRE(::chmod((folder / "a.yaml").c_str(), 0444) == 0);
  REQUIRE(::chmod(folder.path().c_str(), 0777) == 0);
  const auto read_only = [&] {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 3;
    return rewrite(folder / "a.yaml", "old", "new").failure ? 0 : 1;
  };
  CHECK(in_child(read_only) == 0);
  CHECK(folder.read("a.yaml") == "old");
  CHECK(folder.list() == Strings{"a.yaml"});
}

TEST_CASE("a disk that fills up leaves the old file and nothing else") {
  const TemporaryFolder folder;
  folder.write("a.yaml", "old");
  const auto full_disk = [&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1000, 1000};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 3;
    return rewrite(folder / "a.yaml", "old", std::string(5000, 'x')).failure ? 0 : 1;
  };
  CHECK(in_child(full_disk) == 0);
  CHECK(folder.read("a.yaml") == "old");
  CHECK(folder.list() == Strings{"a.yaml"});
}

TEST_CASE("an interrupt waits until the files are written") {
  const TemporaryFolder folder;
  folder.write("a.yaml", "0");
  std::signal(SIGTERM, SIG_DFL);  // Catch2 has a handler of its own
  std::mt19937 random(7);
  for (int i = 0; i < 20; ++i) {
    const pid_t child = ::fork();
    HOP_ENSURE(child >= 0);
    if (child == 0) {
      while (true) {
        rewrite(folder / "a.yaml", "0", "1");
        rewrite(folder / "a.yaml", "1", "0");
      }
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
    ::kill(child, SIGTERM);
    int status = 0;
    HOP_ENSURE(::waitpid(child, &status, 0) == child);
    REQUIRE(folder.list() == Strings{"a.yaml"});
    folder.write("a.yaml", "0");
  }
}

TEST_CASE("killed at any moment, a file is the old one or the new one") {
  const TemporaryFolder folder;
  const std::string old_text(300'000, 'o'), new_text(500'000, 'n');
  folder.write("a.yaml", new_text);
  // The moments are spread over the time that two writes take here: disks differ by a hundred times.
  const auto begin = std::chrono::steady_clock::now();
  rewrite(folder / "a.yaml", new_text, old_text);
  const auto span = 2 * std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
  std::mt19937_64 random(42);
  int rewritten = 0;
  constexpr int enough = 50, most = 1000;  // a busy machine may need more than enough before one write is through
  for (int i = 0; i < enough || (rewritten == 0 && i < most); ++i) {
    const pid_t child = ::fork();
    HOP_ENSURE(child >= 0);
    if (child == 0) {
      while (true) {
        rewrite(folder / "a.yaml", old_text, new_text);
        rewrite(folder / "a.yaml", new_text, old_text);
      }
    }
    std::this_thread::sleep_for(span * (random() % 1000) / 1000);
    ::kill(child, SIGKILL);
    int status = 0;
    HOP_ENSURE(::waitpid(child, &status, 0) == child);
    const std::string now = folder.read("a.yaml");
    REQUIRE((now == old_text || now == new_text));
    rewritten += now == new_text ? 1 : 0;
    for (const std::string& name : folder.list()) REQUIRE((name == "a.yaml" || name.starts_with(".a.yaml.hoplint-")));
  }
  CHECK(rewritten > 0);
}

}  // namespace
}  // namespace hop
