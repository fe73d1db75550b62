// How long `check` takes against libyaml's bare events over the same bytes, in one interleaved run, and how much memory it needs.
//
//   check_bench            a generated tree of 5,000 manifests
//   check_bench DIR        any directory

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

#include "bench/generate.h"
#include "bench/library_events.h"
#include "engine/lint.h"
#include "report/render.h"
#include "text/file_system.h"
#include "text/format.h"
#include "text/heap.h"

namespace {

constexpr int runs = 31;
constexpr std::size_t manifests = 5000;

double milliseconds_of(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// From a directory to the report, which is all that the command does: it leaves what was read to the system instead of taking it apart.
hop::LintRun check(const std::string& directory) {
  const auto files = hop::disk_files();
  hop::Settings settings;
  settings.jobs = 1;
  settings.today = "2026-01-01";
  hop::LintRun run = hop::lint(*files, {{directory, std::nullopt}}, settings);
  if (hop::render_text({run, run.findings, 0}, {}).empty()) std::abort();
  return run;
}

void write_tree(const std::filesystem::path& root) {
  for (const hop::bench::GeneratedFile& file : hop::bench::generate_mesh(manifests, 1)) {
    std::filesystem::create_directories((root / file.path).parent_path());
    std::ofstream(root / file.path) << file.text;
  }
}

std::vector<std::string> buffers_of(const std::filesystem::path& root, std::size_t& bytes) {
  std::vector<std::string> buffers;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension();
    if (!entry.is_regular_file() || (extension != ".yaml" && extension != ".yml")) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    buffers.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    bytes += buffers.back().size();
  }
  return buffers;
}

/// Peak resident memory of `hoplint check` on the directory, in bytes.
std::size_t peak_memory(const std::string& directory) {
  const pid_t child = fork();
  if (child == 0) {
    std::freopen("/dev/null", "w", stdout);
    execl(HOPLINT_BINARY, "hoplint", "check", "--isolated", "--jobs", "1", directory.c_str(), nullptr);
    _exit(127);
  }
  rusage usage{};
  int status = 0;
  wait4(child, &status, 0, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

}  // namespace

int main(int argc, char** argv) {
  std::filesystem::path root = argc > 1 ? argv[1] : std::filesystem::temp_directory_path() / "hoplint-bench";
  if (argc == 1) write_tree(root);
  std::size_t bytes = 0;
  const std::vector<std::string> buffers = buffers_of(root, bytes);
  std::vector<double> ours;
  std::vector<double> bare;
  hop::prepare_heap();  // as the command does
  check(root);          // warms the page cache
  for (int i = 0; i < runs; ++i) {
    bare.push_back(milliseconds_of([&] {
      for (const std::string& buffer : buffers) hop::bench::read_events(buffer);
    }));
    hop::LintRun run;
    ours.push_back(milliseconds_of([&] { run = check(root); }));
  }
  const double memory = static_cast<double>(peak_memory(root));
  const double per_byte = (memory - 16.0 * 1024 * 1024) / static_cast<double>(bytes);
  std::cout << hop::format("{} files, {:.2f} MB, median of {} interleaved runs, one thread\n", buffers.size(),
                           static_cast<double>(bytes) / 1e6, runs)
            << hop::format("libyaml events alone {:8.1f} ms\n", median(bare))
            << hop::format("hoplint check        {:8.1f} ms\n", median(ours))
            << hop::format("ratio                {:8.2f}\n", median(ours) / median(bare))
            << hop::format("peak memory          {:8.1f} MiB, {:.2f} bytes per byte read beyond 16 MiB\n", memory / 1024 / 1024, per_byte);
  if (argc == 1) std::filesystem::remove_all(root);
  return 0;
}
