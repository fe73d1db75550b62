// How long a hook keeps people waiting: a new process on a repository of 1,000 files, its files in the page cache; 50 runs.
//
//   process_bench [BINARY] [DIR]      another program than the one just built, another tree; exits with 1 where p95 is above 200 ms

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "bench/generate.h"
#include "text/format.h"

namespace {

constexpr std::size_t manifests = 1000;
constexpr std::size_t runs = 50;
constexpr double limit = 200;  // milliseconds on 2 cores

std::filesystem::path write_tree() {
  const auto root = std::filesystem::temp_directory_path() / ("hoplint-process-bench-" + std::to_string(::getpid()));
  for (const hop::bench::GeneratedFile& file : hop::bench::generate_mesh(manifests, 1)) {
    std::filesystem::create_directories((root / file.path).parent_path());
    std::ofstream(root / file.path) << file.text;
  }
  return root;
}

/// Milliseconds from before the process is there until it is gone; negative if it could not run.
double run(const char* binary, const std::filesystem::path& root) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    const bool quiet = std::freopen("/dev/null", "w", stdout) != nullptr && std::freopen("/dev/null", "w", stderr) != nullptr;
    if (!quiet) ::_exit(127);
    ::execl(binary, binary, "check", "--exit-zero", root.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  const double took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? took : -1;
}

}  // namespace

int main(int argc, char** argv) {
  const char* binary = HOPLINT_BINARY;
  std::filesystem::path given;
  for (int i = 1; i < argc; ++i) {
    if (std::filesystem::is_directory(argv[i])) given = argv[i];
    if (!std::filesystem::is_directory(argv[i])) binary = argv[i];
  }
  const std::filesystem::path root = given.empty() ? write_tree() : given;
  std::vector<double> times;
  run(binary, root);  // fills the page cache
  for (std::size_t i = 0; i < runs; ++i) times.push_back(run(binary, root));
  if (given.empty()) std::filesystem::remove_all(root);
  std::sort(times.begin(), times.end());
  if (times.front() < 0) {
    std::cerr << binary << " did not run\n";
    return 2;
  }
  const double p95 = times[(runs * 95 + 99) / 100 - 1];  // the smallest that 95 % of the runs keep to
  std::cout << hop::format("{}, {} runs of a new process: median {:.1f} ms, p95 {:.1f} ms, most {:.1f} ms\n",
                           given.empty() ? hop::format("{} files", manifests) : given.string(), runs, times[runs / 2], p95, times.back());
  return p95 <= limit ? 0 : 1;
}
