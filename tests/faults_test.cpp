// What goes wrong around us: full disks, limits, files that vanish, signals, names that are no text. The program says what it was, ends
// with the code that its manual has for it, and leaves nothing half-written.

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.h"
#include "support/process.h"
#include "text/format.h"
#include "text/unicode.h"

namespace hop {
namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

constexpr bool takes_much_memory = HOPLINT_SANITIZED;  // the sanitizer reserves terabytes

constexpr auto half = "kind: Service\nmetadata: {name: cart}\n";  // a warning
/// A finding with a safe fix.
constexpr auto fixable =
    "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n  namespace: shop\n  annotations:\n"
    "    example.com/weight: 10\nspec:\n  defaultBackend:\n    resource: {apiGroup: example.com, kind: Bucket, name: files}\n";

ProcessOptions at(const TemporaryFolder& folder) {
  ProcessOptions options;
  options.directory = folder.path();
  return options;
}

ProcessResult in(const TemporaryFolder& folder, const Strings& arguments) { return run_hoplint(arguments, at(folder)); }

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string repeat(const std::string& piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

/// Files whose report is larger than what a pipe takes without a reader.
void write_many(const TemporaryFolder& folder) {
  for (int i = 0; i < 800; ++i) folder.write(format("m/{}.yaml", i), half);
}

// --- no room

TEST_CASE("every command that prints says that stdout is full") {
  const TemporaryFolder folder;
  folder.write("m/a.yaml", fixable);
  ProcessOptions options = at(folder);
  options.stdout_path = "/dev/full";
  const Strings commands[] = {{"check", "m"},
                              {"check", "m", "--format", "sarif"},
                              {"check", "--diff", "m"},
                              {"trace", "http://shop.example.com/", "m"},
                              {"refs", "m"},
                              {"rules"},
                              {"explain", "yaml-syntax"},
                              {"schema", "findings"},
                              {"config", "show", "m"},
                              {"completion", "bash"},
                              {"manual"},
                              {"--help"},
                              {"--version"}};
  for (const Strings& command : commands) {
    CAPTURE(command);
    if (command[0] == "refs")
      folder.write("m/b.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b}\nspec: {serviceAccountName: c}\n");
    const ProcessResult result = run_hoplint(command, options);
    CHECK(result.exit_code == 2);
    CHECK(holds(result.err, "hoplint: cannot write to stdout: no space left on device\n"));
  }
}

TEST_CASE("a report that outgrows the limit of files is not there at all") {
  const TemporaryFolder folder;
  folder.write("m/a.yaml", half);
  folder.write("out/old.sarif", "old");
  ProcessOptions options = at(folder);
  options.limits = {{RLIMIT_FSIZE, 1000}};
  for (const char* name : {"out/new.sarif", "out/old.sarif"}) {
    const ProcessResult result = run_hoplint({"m", "--format", format("sarif:{}", name)}, options);
    CHECK(result.exit_code == 2);
    CHECK(result.err == format("hoplint: cannot write `{}`: file too large\n", name));
  }
  CHECK(folder.list("out") == Strings{"old.sarif"});
  CHECK(folder.read("out/old.sarif") == "old");
  const ProcessResult shown = run_hoplint({"m", "--format", "sarif", "--format", "concise:out/c.txt"}, options);
  CHECK(shown.exit_code == 2);
  CHECK(holds(shown.err, "cannot write to stdout: file too large"));
  CHECK(folder.list("out") == Strings{"old.sarif"});
}

TEST_CASE("a fix that outgrows the limit of files changes none") {
  const TemporaryFolder folder;
  const std::string large = std::string(fixable) + repeat("# a remark that makes it long\n", 100);
  folder.write("m/a.yaml", fixable);
  folder.write("m/b.yaml", large);
  ProcessOptions options = at(folder);
  options.limits = {{RLIMIT_FSIZE, 2000}};
  const ProcessResult result = run_hoplint({"m", "--fix"}, options);
  CHECK(result.exit_code == 2);
  CHECK(holds(result.err, "cannot write `m/b.yaml`: file too large"));
  CHECK(folder.read("m/a.yaml") == fixable);
  CHECK(folder.read("m/b.yaml") == large);
  CHECK(folder.list("m") == Strings{"a.yaml", "b.yaml"});
  CHECK(in(folder, {"m", "--fix"}).exit_code == 0);
  CHECK(holds(folder.read("m/a.yaml"), "weight: \"10\""));
}

// --- reading fails

TEST_CASE("a device that fails while it is read is a finding, or a failure when named") {
  const TemporaryFolder folder;
  folder.write("m/a.yaml", half);
  fs::create_symlink("/proc/self/mem", folder / "m/b.yaml");  // a regular file, says the system; reading its first page fails
  const ProcessResult walked = in(folder, {"m", "--format", "concise"});
  CHECK(walked.exit_code == 1);
  CHECK(holds(walked.out, "m/a.yaml:1:1: warning[yaml-half-manifest]"));
  CHECK(holds(walked.out, "m/b.yaml:1:1: error[file-unreadable] cannot be read: input/output error"));
  const ProcessResult named = in(folder, {"m/b.yaml", "--format", "json:report.json"});
  CHECK(named.exit_code == 2);
  CHECK(named.err == "hoplint: cannot read `m/b.yaml`: input/output error\n");
  CHECK_FALSE(fs::exists(folder / "report.json"));
  fs::create_symlink("/proc/self/mem", folder / "m/.hoplint.yaml");
  const ProcessResult config = in(folder, {"m"});
  CHECK(config.exit_code == 2);
  CHECK(config.err == "hoplint: cannot read `m/.hoplint.yaml`: input/output error\n");
}

TEST_CASE("stdin that cannot be read") {
  const TemporaryFolder folder;
  ProcessOptions options = at(folder);
  options.closed = {0};
  const ProcessResult result = run_hoplint({"-"}, options);
  CHECK(result.exit_code == 2);
  CHECK(result.err == "hoplint: cannot read stdin: bad file descriptor\n");
}

TEST_CASE("streams that are not open are not taken for files") {
  const TemporaryFolder folder;
  folder.write("m/a.yaml", fixable);
  ProcessOptions options = at(folder);
  options.closed = {1};
  CHECK(holds(run_hoplint({"m"}, options).err, "cannot write to stdout: bad file descriptor"));
  options.closed = {0, 1, 2};
  CHECK(run_hoplint({"m"}, options).exit_code == 2);
  CHECK(run_hoplint({"m", "--fix", "--format", "json:report.json"}, options).exit_code == 0);
  CHECK(in(folder, {"m"}).exit_code == 0);
  CHECK(nlohmann::json::accept(folder.read("report.json")));
  CHECK(folder.list("m") == Strings{"a.yaml"});
}

TEST_CASE("a file beyond the limit is not read") {
  const TemporaryFolder folder;
  folder.write("m/a.yaml", half);
  folder.write("m/huge.yaml", "");
  fs::resize_file(folder / "m/huge.yaml", (1ULL << 30U) + 1);  // a hole
  const ProcessResult walked = in(folder, {"m", "--format", "concise"});
  CHECK(walked.exit_code == 1);
  CHECK(holds(walked.out, "m/huge.yaml:1:1: error[file-unreadable] cannot be read: larger than 1 GiB"));
  const ProcessResult named = in(folder, {"m/huge.yaml"});
  CHECK(named.exit_code == 2);
  CHECK(named.err == "hoplint: cannot read `m/huge.yaml`: larger than 1 GiB\n");
}

TEST_CASE("files that vanish, come and change during the run") {
  const TemporaryFolder folder;
  folder.write("m/stays.yaml", half);
  std::atomic<bool> done{false};
  std::thread churn([&] {
    for (std::size_t i = 0; !done; ++i) {
      const std::string path = folder / format("m/d{}/{}.yaml", i % 3, i % 50);
      std::error_code ignored;
      if (i % 4 == 3) fs::remove_all(folder / format("m/d{}", i % 3), ignored);
      fs::create_directories(fs::path(path).parent_path(), ignored);
      if (const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644); file >= 0) {
        const std::string text = repeat(fixable + std::string("---\n"), i % 30);
        static_cast<void>(!::write(file, text.data(), text.size()));
        ::close(file);
      }
    }
  });
  for (int i = 0; i < 8; ++i) {
    const ProcessResult result = in(folder, {"m", "--format", "json", "--jobs", "4"});
    CHECK(result.exit_code == 1);
    CHECK(result.err.empty());
    REQUIRE(nlohmann::json::accept(result.out));
    CHECK(holds(result.out, "\"m/stays.yaml\""));
  }
  for (int i = 0; i < 3; ++i) {
    const ProcessResult result = in(folder, {"m", "--fix", "--format", "concise"});
    CHECK((result.exit_code == 1 || result.exit_code == 2));  // a file that was there to be written is gone
  }
  done = true;
  churn.join();
  for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
    CHECK_FALSE(holds(entry.path().filename().string(), "hoplint-"));
  }
}

TEST_CASE("a working directory that is gone") {
  const TemporaryFolder folder;
  folder.write("m/a.yaml", half);
  const ProcessResult result = in(folder, {folder / "m", "--format", "concise"});
  CHECK(result.exit_code == 1);
  // The shell is gone from under us: only absolute paths are left.
  folder.write("gone/x", "");
  const std::string script = format("cd '{0}/gone' && rm -rf '{0}/gone' && '{1}' '{0}/m' --format concise > '{0}/out' 2> '{0}/err'",
                                    folder.path(), HOPLINT_BINARY);
  const int status = std::system(script.c_str());  // NOLINT(cert-env33-c,concurrency-mt-unsafe): a shell does what is tested
  CHECK(WEXITSTATUS(status) == 1);
  CHECK(holds(folder.read("out"), "m/a.yaml:1:1: warning[yaml-half-manifest]"));
  CHECK(folder.read("err").empty());
}

// --- no permission

TEST_CASE("what may not be written is said, and nothing else is written") {
  const TemporaryFolder folder;
  folder.write("m/a.yaml", fixable);
  folder.write("closed/old.json", "old");
  ProcessOptions options = at(folder);
  options.unprivileged = true;
  if (run_hoplint({"--version"}, options).exit_code == 124) {
    WARN("the binary cannot be run by another user here");
    return;
  }
  fs::permissions(folder / "m", fs::perms(0555));
  fs::permissions(folder / "closed", fs::perms(0555));
  const ProcessResult report = run_hoplint({"m", "--format", "json:closed/old.json"}, options);
  CHECK(report.exit_code == 2);
  CHECK(report.err == "hoplint: cannot write `closed/old.json`: permission denied\n");
  CHECK(folder.read("closed/old.json") == "old");
  const ProcessResult fix = run_hoplint({"m", "--fix"}, options);
  CHECK(fix.exit_code == 2);
  CHECK(holds(fix.err, "hoplint: cannot write `m/a.yaml`: permission denied\n"));
  CHECK(folder.read("m/a.yaml") == fixable);
  const ProcessResult baseline = run_hoplint({"baseline", "create", "m"}, options);
  CHECK(baseline.exit_code == 2);
  CHECK(holds(baseline.err, "permission denied"));
  folder.write("m2/a.yaml", half);
  folder.write("m2/.hoplint.yaml", "ignore: yaml\n");
  fs::permissions(folder / "m2/.hoplint.yaml", fs::perms::none);
  const ProcessResult config = run_hoplint({"m2"}, options);
  CHECK(config.exit_code == 2);
  CHECK(config.err == "hoplint: cannot read `m2/.hoplint.yaml`: permission denied\n");
}

// --- signals

TEST_CASE("a signal while a reader is slow leaves no report behind") {
  const TemporaryFolder folder;
  write_many(folder);
  fs::create_directory(folder / "out");
  ProcessOptions options = at(folder);
  options.slow_pipe = true;
  for (const int signal : {SIGTERM, SIGINT}) {
    Process process({"m", "--format", "text", "--format", "json:out/report.json"}, options);
    // It has come as far as its reader, once the other report lies there under another name.
    while (process.runs() && folder.list("out").empty()) std::this_thread::yield();
    REQUIRE(process.runs());
    CHECK(folder.list("out").size() == 1);
    process.signal(signal);
    const ProcessResult result = process.wait();
    CHECK(result.exit_code == -signal);  // which a shell calls 128 and the signal
    CHECK(result.err.empty());
    CHECK(folder.list("out").empty());
  }
}

TEST_CASE("a signal at any moment leaves the old report or the new one, and files as they were or fixed") {
  const TemporaryFolder folder;
  for (int i = 0; i < 40; ++i) folder.write(format("m/{}.yaml", i), fixable);
  const std::string fixed = [&] {
    folder.write("once/a.yaml", fixable);
    in(folder, {"once", "--fix"});
    return folder.read("once/a.yaml");
  }();
  REQUIRE(fixed != fixable);
  std::mt19937_64 random(3);
  for (int i = 0; i < 12; ++i) {
    folder.write("out/report.json", "old");
    folder.write("m/0.yaml", fixable);
    Process process({"m", "--fix", "--format", "json:out/report.json"}, at(folder));
    for (std::size_t turns = random() % 3000; turns > 0 && process.runs(); --turns) std::this_thread::yield();
    process.signal(SIGTERM);
    const ProcessResult result = process.wait();
    CHECK((result.exit_code == -SIGTERM || result.exit_code == 0 || result.exit_code == 1));
    CHECK(folder.list("out") == Strings{"report.json"});
    const std::string report = folder.read("out/report.json");
    CHECK((report == "old" || nlohmann::json::accept(report)));
    for (const std::string& name : folder.list("m")) {
      const std::string now = folder.read("m/" + name);
      CHECK((now == fixable || now == fixed));
    }
  }
}

TEST_CASE("a reader that goes away in the middle is no news, whatever is printed") {
  const TemporaryFolder folder;
  write_many(folder);
  fs::create_directory(folder / "out");
  ProcessOptions options = at(folder);
  options.broken_pipe = true;
  const Strings commands[] = {
      {"m"}, {"m", "--format", "json"}, {"rules"}, {"manual"}, {"--help"}, {"m", "--format", "text", "--format", "json:out/r"}};
  for (const Strings& command : commands) {
    CAPTURE(command);
    const ProcessResult result = run_hoplint(command, options);
    CHECK(result.exit_code == 2);
    CHECK(result.err.empty());
  }
  CHECK(folder.list("out").empty());
}

// --- few of everything

TEST_CASE("few open files are enough, however many threads there are") {
  const TemporaryFolder folder;
  for (int i = 0; i < 120; ++i) folder.write(format("m/{}/{}/a.yaml", i % 10, i), half);
  // The sanitizers open pipes of their own to see whether they may look at an object.
  const unsigned long fewest = takes_much_memory ? 16 : 5;
  for (const unsigned long most : {20UL, fewest}) {
    ProcessOptions options = at(folder);
    options.limits = {{RLIMIT_NOFILE, most}};
    const ProcessResult result = run_hoplint({"m", "--jobs", "4", "--format", "concise"}, options);
    CHECK(result.exit_code == 1);
    CHECK(result.err.empty());
    CHECK(holds(result.out, "120 warnings in 120 files"));
  }
}

TEST_CASE("no more threads to be had") {
  const TemporaryFolder folder;
  for (int i = 0; i < 50; ++i) folder.write(format("m/{}.yaml", i), half);
  ProcessOptions options = at(folder);
  options.unprivileged = true;  // root may have as many as it wants
  options.limits = {{RLIMIT_NPROC, 1}};
  const ProcessResult result = run_hoplint({"m", "--jobs", "8", "--format", "concise"}, options);
  if (result.exit_code == 124 || result.exit_code == 125 || takes_much_memory) return;
  CHECK(result.exit_code == 1);
  CHECK(holds(result.out, "50 warnings in 50 files"));
}

TEST_CASE("too little memory is said, and no report is written") {
  if (takes_much_memory) return;
  const TemporaryFolder folder;
  folder.write("m/lists.yaml",
               "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: z}\ndata: [" + repeat("[a],", 1'000'000) + "]\n");
  folder.write("m/large.yaml",
               "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: y, namespace: z}\ndata: {a: " + std::string(20'000'000, 'x') + "}\n");
  for (const char* jobs : {"1", "4"}) {
    for (unsigned long megabytes = 30; megabytes <= 400; megabytes += 120) {
      CAPTURE(jobs, megabytes);
      ProcessOptions options = at(folder);
      options.limits = {{RLIMIT_AS, megabytes << 20U}};
      const ProcessResult result = run_hoplint({"m", "--jobs", jobs, "--format", "json:report.json"}, options);
      // A file for which there is no room is a finding; where there is none for anything else, that is all there is to say.
      CHECK((result.exit_code == 1 || result.exit_code == 2));
      CHECK(result.err == (result.exit_code == 2 ? "hoplint: not enough memory\n" : ""));
      CHECK(fs::exists(folder / "report.json") == (result.exit_code == 1));
      fs::remove(folder / "report.json");
    }
  }
}

// --- names

TEST_CASE("names that are no text are shown in every format, and found again") {
  const TemporaryFolder folder;
  const std::string odd = "m/d\xc3/\xff\xfe b%c.yaml";
  folder.write(odd, fixable);
  for (const char* name : {"text", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "markdown"}) {
    CAPTURE(name);
    const ProcessResult result = in(folder, {"m", "--format", name});
    CHECK(result.exit_code == 1);
    CHECK_FALSE(first_invalid_utf8(result.out));
    CHECK(holds(result.out, "b%25c.yaml") == (std::string_view(name) == "sarif" || std::string_view(name) == "github"));
  }
  const auto sarif = nlohmann::json::parse(in(folder, {"m", "--format", "sarif"}).out);
  const std::string uri = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
  CHECK(uri.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/%") == std::string::npos);
  CHECK(in(folder, {odd}).exit_code == 1);
  const ProcessResult unknown = in(folder, {"m/\xff.yaml"});
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.err == "hoplint: `m/\\xff.yaml` does not exist\n");
  CHECK(in(folder, {"m", "--fix"}).exit_code == 0);
  CHECK(holds(folder.read(odd), "weight: \"10\""));
}

}  // namespace
}  // namespace hop
