// How near `check` comes to what cannot be done without: on 2,000 small files, reading every file and looking at every byte with as many
// threads; on a stream of 64 MB, what a reader on libyaml needs for its bare events. Medians of interleaved runs.
//
//   floor_bench           exits with 1 where 2.5 times the floor, or a third of libyaml's time, is exceeded

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "bench/generate.h"
#include "bench/library_events.h"
#include "engine/lint.h"
#include "report/render.h"
#include "text/file_system.h"
#include "text/format.h"
#include "text/heap.h"
#include "text/parallel.h"
#include "yaml/parse.h"

namespace {

constexpr std::size_t files = 2000;
constexpr std::size_t stream_size = 64'000'000;
constexpr int runs = 41;
constexpr int stream_runs = 5;
constexpr double most_of_floor = 2.5;
constexpr double least_of_library = 3;

struct Took {
  std::vector<double> wall, processor;
};

double milliseconds_on(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void measure(const auto& work, Took& took) {
  const double wall = milliseconds_on(CLOCK_MONOTONIC), processor = milliseconds_on(CLOCK_PROCESS_CPUTIME_ID);
  work();
  took.wall.push_back(milliseconds_on(CLOCK_MONOTONIC) - wall);
  took.processor.push_back(milliseconds_on(CLOCK_PROCESS_CPUTIME_ID) - processor);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::vector<std::string> write_tree(const std::filesystem::path& root) {
  std::vector<std::string> paths;
  for (const hop::bench::GeneratedFile& file : hop::bench::generate_mesh(files, 1)) {
    std::filesystem::create_directories((root / file.path).parent_path());
    std::ofstream(root / file.path) << file.text;
    paths.push_back((root / file.path).string());
  }
  return paths;
}

/// Their bytes added up, so that none can be left out. Nobody looks for the files here: where they are is known.
std::uint64_t look_at(const std::string& path) {
  char room[1 << 16];
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::uint64_t sum = 0;
  for (ssize_t count = 1; count > 0;) {
    count = ::read(file, room, sizeof room);
    for (ssize_t i = 0; i < count; ++i) sum += static_cast<unsigned char>(room[i]);
  }
  ::close(file);
  return sum;
}

std::uint64_t look_at_all(const std::vector<std::string>& paths) {
  std::vector<std::uint64_t> sums(paths.size());
  hop::for_each_index(paths.size(), 0, [&](std::size_t i) { sums[i] = look_at(paths[i]); });
  std::uint64_t all = 0;
  for (const std::uint64_t sum : sums) all += sum;
  return all;
}

/// From a directory to the report, which is all that the command does: it leaves what was read to the system instead of taking it apart.
hop::LintRun check(const std::string& directory, std::uint64_t& kept) {
  const auto disk = hop::disk_files();
  hop::Settings settings;
  settings.isolated = true;
  settings.today = "2026-01-01";
  hop::LintRun run = hop::lint(*disk, {{directory, std::nullopt}}, settings);
  kept += hop::render_text({run, run.findings, 0}, {}).size();
  return run;
}

bool measure_files() {
  const auto root = std::filesystem::temp_directory_path() / hop::format("hoplint-floor-bench-{}", ::getpid());
  const std::vector<std::string> paths = write_tree(root);
  Took floor, ours;
  std::uint64_t kept = look_at_all(paths);
  check(root, kept);  // fills the page cache
  for (int i = 0; i < runs; ++i) {
    measure([&] { kept += look_at_all(paths); }, floor);
    hop::LintRun run;
    measure([&] { run = check(root, kept); }, ours);
  }
  std::filesystem::remove_all(root);
  const double ratio = median(ours.wall) / median(floor.wall);
  std::cout << hop::format("{} files, median of {} runs, {} threads: floor {:.1f} ms, check {:.1f} ms, ratio {:.2f} (at most {})\n",
                           paths.size(), runs, hop::job_count(0), median(floor.wall), median(ours.wall), ratio, most_of_floor)
            << hop::format("  of processor time: floor {:.1f} ms, check {:.1f} ms, ratio {:.2f}{}\n", median(floor.processor),
                           median(ours.processor), median(ours.processor) / median(floor.processor), kept == 0 ? " " : "");
  return ratio <= most_of_floor;
}

std::string stream() {
  std::string text;
  text.reserve(stream_size + 4096);
  for (std::uint64_t seed = 1; text.size() < stream_size; ++seed) {
    for (const hop::bench::GeneratedFile& file : hop::bench::generate_mesh(20'000, seed)) {
      if (text.size() < stream_size) text += "---\n" + file.text;
    }
  }
  return text;
}

std::size_t parse_all(const std::string& text) {
  hop::yaml::DocumentParser parser;
  std::size_t items = 0;
  for (const hop::yaml::Chunk& chunk : hop::yaml::split(text)) {
    items += parser.parse(std::string_view(text).substr(chunk.begin, chunk.end - chunk.begin), nullptr)->items.size();
  }
  return items;
}

bool measure_stream() {
  const std::string text = stream();
  Took library, ours;
  std::size_t kept = parse_all(text);
  for (int i = 0; i < stream_runs; ++i) {
    measure([&] { hop::bench::read_events(text); }, library);
    measure([&] { kept += parse_all(text); }, ours);
  }
  const double megabytes = static_cast<double>(text.size()) / 1e6;
  const double theirs = median(library.processor), own = median(ours.processor), ratio = theirs / own;
  std::cout << hop::format(
      "a stream of {:.0f} MB, processor time, median of {} runs, one thread: libyaml's events {:.0f} ms ({:.0f} MB/s), our "
      "trees {:.0f} ms ({:.0f} MB/s), {:.1f} times as fast (at least {}){}\n",
      megabytes, stream_runs, theirs, megabytes / theirs * 1e3, own, megabytes / own * 1e3, ratio, least_of_library, kept == 0 ? " " : "");
  return ratio >= least_of_library;
}

}  // namespace

int main() {
  hop::prepare_heap();  // as the command does
  const bool near_floor = measure_files();
  return measure_stream() && near_floor ? 0 : 1;
}
