// A seeded editing session over a large workspace: how long the first diagnostics take, what CPU time an edit costs the server until there
// is nothing left to do, and whether memory stays flat.
//
//   lsp_bench                 10,000 resources in 3,000 files, 2,000 edits
//   lsp_bench EDITS [SEED [RESOURCES]]
//
// An edit is a keystroke, as a person makes them: comments, values that name nothing, names that other files refer to, new keys that do not
// parse until their colon is there, whole documents that are pasted and taken out again.

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "bench/generate.h"
#include "engine/lint.h"
#include "lsp/server.h"
#include "report/json_text.h"
#include "text/file_system.h"
#include "text/format.h"

namespace {

constexpr std::size_t usual_resources = 10000;
/// Of ten resources three files.
constexpr std::size_t files_of(std::size_t resources) { return resources * 3 / 10; }

double cpu_milliseconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) { return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3; };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

double resident_megabytes() {
  std::size_t total = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

double percentile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(part * static_cast<double>(values.size())))];
}

class Session {
 public:
  Session(const std::string& folder, std::uint64_t seed, std::size_t resources)
      : folder_(folder), resources_(resources), random_(seed), disk_(hop::disk_files()), server_(*disk_, "2026-01-01", 1) {}

  void write_workspace() {
    const auto mesh = hop::bench::generate_mesh(resources_, 7);
    const std::size_t files = files_of(resources_);
    std::size_t at = 0;
    std::string path;
    for (const auto& manifest : mesh) {
      if (at * files / mesh.size() != (at - 1) * files / mesh.size() || at == 0) path = folder_ + "/" + manifest.path;
      std::string& text = texts_[path];
      if (!text.empty()) text += "---\n";
      text += manifest.text;
      ++at;
    }
    for (const auto& [name, text] : texts_) {
      std::filesystem::create_directories(std::filesystem::path(name).parent_path());
      std::ofstream(name) << text;
      paths_.push_back(name);
    }
  }

  /// Milliseconds from `initialized` to the first diagnostics.
  double start() {
    send("initialize", hop::Json{{"processId", hop::Json::null()}, {"rootUri", "file://" + folder_}, {"capabilities", hop::Json{}}}, true);
    const auto begin = std::chrono::steady_clock::now();
    send("initialized", hop::Json{}, false);
    settle();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  }

  double lint_milliseconds() const {
    std::vector<double> times;
    for (int i = 0; i < 3; ++i) {
      hop::Settings settings;
      settings.jobs = 1;
      settings.today = "2026-01-01";
      const double begin = cpu_milliseconds();
      const hop::LintRun run = hop::lint(*disk_, {{folder_, std::nullopt}}, settings);
      times.push_back(cpu_milliseconds() - begin);
      if (run.findings.empty()) std::abort();
    }
    return percentile(times, 0.5);
  }

  std::size_t file_count() const { return paths_.size(); }

  /// CPU milliseconds of each keystroke of a person's next small task, by what it was.
  void work(std::map<std::string, std::vector<double>>& times) {
    const std::string& path = paths_[any(paths_.size())];
    if (!versions_.contains(path)) {
      versions_[path] = 1;
      send("textDocument/didOpen",
           hop::Json{{"textDocument", hop::Json{{"uri", "file://" + path}, {"version", 1}, {"text", texts_[path]}}}}, false);
      settle();
    }
    const std::size_t task = any(10);
    if (task < 3) {
      type(path, line_end(path), "  # checked again", "comment", times);
    } else if (task < 6) {
      type_into_value(path, {"image: ", "replicas: ", "version: ", "cpu: "}, "value", times);
    } else if (task < 8) {
      type_into_value(path, {"host: ", "subset: ", "name: ", "app: "}, "name", times);
    } else if (task < 9) {
      type(path, line_end(path), "\nnewKey: 1", "key", times);
    } else {
      type(path, texts_[path].size(), "\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: pasted, namespace: team-0}\n", "paste",
           times, true);
    }
  }

 private:
  std::size_t any(std::size_t below) { return static_cast<std::size_t>(random_() % below); }
  std::size_t line_end(const std::string& path) { return std::min(texts_[path].find('\n', any(texts_[path].size())), texts_[path].size()); }

  void type_into_value(const std::string& path, const std::vector<std::string>& keys, const std::string& what,
                       std::map<std::string, std::vector<double>>& times) {
    const std::string& text = texts_[path];
    for (const std::string& key : keys) {
      const std::size_t at = text.find(key, any(text.size()));
      if (at != std::string::npos) return type(path, text.find('\n', at), "-x1", what, times);
    }
    type(path, line_end(path), " # nothing here", "comment", times);
  }

  /// Letter by letter, or at once; then it is taken back in one piece, which is one more edit.
  void type(const std::string& path, std::size_t at, const std::string& word, const std::string& what,
            std::map<std::string, std::vector<double>>& times, bool at_once = false) {
    at = std::min(at, texts_[path].size());
    if (at_once) times[what].push_back(edit(path, at, 0, word));
    for (std::size_t i = 0; i < word.size() && !at_once; ++i) times[what].push_back(edit(path, at + i, 0, word.substr(i, 1)));
    times[what].push_back(edit(path, at, word.size(), ""));
  }

  double edit(const std::string& path, std::size_t begin, std::size_t size, const std::string& now) {
    const hop::Json range{{"start", position(path, begin)}, {"end", position(path, begin + size)}};
    texts_[path].replace(begin, size, now);
    const hop::Json change{{"range", range}, {"text", now}};
    const hop::Json params{{"textDocument", hop::Json{{"uri", "file://" + path}, {"version", ++versions_[path]}}},
                           {"contentChanges", hop::Json::list(std::vector<hop::Json>{change})}};
    const double before = cpu_milliseconds();
    send("textDocument/didChange", params, false);
    settle();
    return cpu_milliseconds() - before;
  }

  hop::Json position(const std::string& path, std::size_t offset) {
    const std::string_view before = std::string_view(texts_[path]).substr(0, offset);
    const std::size_t line = before.rfind('\n');
    return hop::Json{{"line", std::count(before.begin(), before.end(), '\n')},
                     {"character", line == std::string_view::npos ? before.size() : before.size() - line - 1}};
  }

  void send(std::string_view method, const hop::Json& params, bool is_request) {
    hop::Json message{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}};
    if (is_request) message.add("id", 1);
    server_.handle(message.compact());
  }

  void settle() {
    while (server_.step()) {
    }
    server_.take_output();
  }

  std::string folder_;
  std::size_t resources_;
  std::mt19937_64 random_;
  std::unique_ptr<hop::FileSystem> disk_;
  hop::lsp::Server server_;
  std::map<std::string, std::string> texts_;
  std::map<std::string, std::int64_t> versions_;
  std::vector<std::string> paths_;
};

}  // namespace

int main(int argc, char** argv) {
  const std::size_t edits = argc > 1 ? std::stoul(argv[1]) : 2000;
  const std::uint64_t seed = argc > 2 ? std::stoul(argv[2]) : 1;
  const std::size_t resources = argc > 3 ? std::stoul(argv[3]) : usual_resources;
  const auto folder = std::filesystem::temp_directory_path() / hop::format("hoplint-lsp-bench-{}", getpid());
  Session session(folder.string(), seed, resources);
  session.write_workspace();
  const double full = session.lint_milliseconds();
  std::cout << hop::format("{} resources in {} files; a full lint takes {:.0f} ms of CPU time\n", resources, session.file_count(), full);
  std::cout << hop::format("first diagnostics {:.0f} ms after `initialized`\n", session.start());
  std::map<std::string, std::vector<double>> times;
  std::size_t done = 0, shown = 0;
  std::cout << hop::format("resident memory: {:.0f} MB", resident_megabytes());
  while (done < edits) {
    session.work(times);
    done = 0;
    for (const auto& [what, list] : times) done += list.size();
    if (done * 5 / edits > shown) std::cout << hop::format(", {:.0f} after {} edits", resident_megabytes(), done), shown = done * 5 / edits;
  }
  std::cout << "\n";
  std::vector<double> all;
  for (const auto& [what, list] : times) {
    all.insert(all.end(), list.begin(), list.end());
    std::cout << hop::format("{:>8} {:>6} edits: p50 {:>6.1f} ms, p99 {:>6.1f} ms, most {:>6.1f} ms\n", what, list.size(),
                             percentile(list, 0.5), percentile(list, 0.99), percentile(list, 1));
  }
  std::cout << hop::format("{:>8} {:>6} edits: p50 {:>6.1f} ms, p99 {:>6.1f} ms ({:.2f} of a full lint), most {:>6.1f} ms\n", "all",
                           all.size(), percentile(all, 0.5), percentile(all, 0.99), percentile(all, 0.99) / full, percentile(all, 1));
  std::filesystem::remove_all(folder);
}
