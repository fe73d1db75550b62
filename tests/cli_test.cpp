// The program as a user runs it: exit codes, streams, files, options.

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/process.h"

namespace hop {
namespace {

using Strings = std::vector<std::string>;

constexpr auto service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n  ports:\n  - port: 80\n";
constexpr auto half = "kind: Service\nmetadata: {name: cart}\n";                         // a warning
constexpr auto broken = "apiVersion: v1\nkind: [\n";                                     // an error
constexpr auto twice = "apiVersion: v1\nkind: Service\nmetadata: {name: a, name: a}\n";  // an error

ProcessResult in(const TemporaryFolder& folder, const Strings& arguments, ProcessOptions options = {}) {
  options.directory = folder.path();
  return run_hoplint(arguments, options);
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// --- exit codes and streams

TEST_CASE("exit codes say what was found") {
  const TemporaryFolder folder;
  folder.write("good/a.yaml", service);
  folder.write("warn/a.yaml", half);
  folder.write("bad/a.yaml", broken);
  CHECK(in(folder, {"good"}).exit_code == 0);
  CHECK(in(folder, {"check", "good"}).exit_code == 0);
  CHECK(in(folder, {"warn"}).exit_code == 1);
  CHECK(in(folder, {"--fail-on", "error", "warn"}).exit_code == 0);
  CHECK(in(folder, {"bad"}).exit_code == 1);
  CHECK(in(folder, {"--exit-zero", "bad"}).exit_code == 0);
  CHECK(in(folder, {}).exit_code == 1);
  for (const char* format : {"text", "concise", "json"}) {
    CHECK(in(folder, {"--format", format, "bad"}).exit_code == 1);
    CHECK(in(folder, {"--format", format, "good"}).exit_code == 0);
  }
}

TEST_CASE("what cannot run is 2, with a word on stderr and nothing on stdout") {
  const TemporaryFolder folder;
  folder.write("a.yaml", service);
  folder.write("nope.yaml", "selct: []\n");
  const std::vector<Strings> wrong = {{"--frobnicate"},
                                      {"nowhere"},
                                      {"a.yaml", "nowhere/b.yaml"},
                                      {"--format", "jsn"},
                                      {"--format", "json:"},
                                      {"--format", "text", "--format", "json"},
                                      {"--select", "no-such-rule"},
                                      {"--today", "tomorrow"},
                                      {"--fail-on", "never"},
                                      {"--config", "missing.yaml"},
                                      {"--config", "nope.yaml"},
                                      {"--config", "nope.yaml", "--isolated"},
                                      {"--known", "nowhere/"},
                                      {"--known", "Secrt a/b"},
                                      {"--stdin-filename", "x.yaml"},
                                      {"--jobs", "many"},
                                      {"--max-diagnostics", "-1"},
                                      {"explain", "no-such-rule"},
                                      {"explain"},
                                      {"schema", "nothing"}};
  for (const Strings& arguments : wrong) {
    CAPTURE(arguments);
    const ProcessResult result = in(folder, arguments);
    CHECK(result.exit_code == 2);
    CHECK(result.out.empty());
    CHECK_FALSE(result.err.empty());
  }
}

TEST_CASE("help and the version are no mistakes") {
  CHECK(run_hoplint({"--help"}).exit_code == 0);
  CHECK(holds(run_hoplint({"check", "--help"}).out, "--max-diagnostics"));
  CHECK(run_hoplint({"--version"}).out.starts_with("hoplint "));
}

TEST_CASE("options never swallow paths") {
  const TemporaryFolder folder;
  folder.write("a/x.yaml", half);
  folder.write("b/x.yaml", half);
  const std::vector<Strings> ways = {{"--select", "ALL", "a"},
                                     {"--select", "yaml,metadata", "--select", "mtls", "a"},
                                     {"--complete", "a"},
                                     {"--complete=shop,pay", "a"},
                                     {"--known", "Secret x/y", "--known", "b/", "a"},
                                     {"--format", "json", "a"},
                                     {"--statistics", "a"},
                                     {"--jobs", "1", "a"},
                                     {"a", "--ignore", "mtls"}};
  for (Strings arguments : ways) {
    CAPTURE(arguments);
    if (std::find(arguments.begin(), arguments.end(), "json") == arguments.end()) arguments.insert(arguments.begin(), {"--format", "json"});
    const ProcessResult result = in(folder, arguments);
    REQUIRE(result.exit_code == 1);
    const auto report = nlohmann::json::parse(result.out);
    CHECK(report["findings"].size() == 1);
    CHECK(report["findings"][0]["primary"]["path"] == "a/x.yaml");
  }
}

TEST_CASE("select and ignore") {
  const TemporaryFolder folder;
  folder.write("a.yaml", half);
  folder.write("b.yaml", twice);
  CHECK(in(folder, {"--select", "yaml-syntax"}).exit_code == 0);
  CHECK(in(folder, {"--ignore", "yaml"}).exit_code == 0);
  CHECK(holds(in(folder, {"--select", "yaml", "--ignore", "yaml-half-manifest", "--format", "concise"}).out, "yaml-duplicate-key"));
}

TEST_CASE("--max-diagnostics keeps the severe ones and does not change the exit code") {
  const TemporaryFolder folder;
  folder.write("a.yaml", half);
  folder.write("b.yaml", twice);
  folder.write("c.yaml", half);
  const ProcessResult result = in(folder, {"--max-diagnostics", "1", "--format", "concise"});
  CHECK(result.exit_code == 1);
  CHECK(holds(result.out, "b.yaml"));
  CHECK_FALSE(holds(result.out, "a.yaml"));
  CHECK(in(folder, {"--max-diagnostics", "0"}).exit_code == 1);
}

TEST_CASE("--statistics goes to stderr") {
  const TemporaryFolder folder;
  folder.write("a.yaml", half);
  const ProcessResult result = in(folder, {"--statistics", "--format", "json"});
  CHECK(nlohmann::json::accept(result.out));
  CHECK(holds(result.err, "yaml-half-manifest"));
  CHECK(holds(result.err, "ms read"));
}

TEST_CASE("absolute paths below the working directory are shown relative to it") {
  const TemporaryFolder folder;
  folder.write("sub/a.yaml", half);
  CHECK(in(folder, {"--format", "concise", folder / "sub"}).out.starts_with("sub/a.yaml:"));
  CHECK(in(folder, {"--format", "concise", "./sub/"}).out.starts_with("sub/a.yaml:"));
}

// --- reports

TEST_CASE("one run writes several reports, each whole") {
  const TemporaryFolder folder;
  folder.write("m/a.yaml", half);
  folder.write("out/old.json", "old");
  const ProcessResult result = in(folder, {"m", "--format", "text", "--format", "json:out/old.json", "--format", "concise:out/c.txt"});
  CHECK(result.exit_code == 1);
  CHECK(holds(result.out, "yaml-half-manifest"));
  CHECK(nlohmann::json::parse(folder.read("out/old.json"))["findings"].size() == 1);
  CHECK(holds(folder.read("out/c.txt"), "m/a.yaml:1:1: warning"));
  CHECK(folder.list("out") == Strings{"c.txt", "old.json"});
  CHECK(in(folder, {"m", "--format", "json:only.json"}).out.empty());
}

TEST_CASE("no report is left behind when something fails") {
  const TemporaryFolder folder;
  folder.write("m/a.yaml", half);
  folder.write("out/kept.txt", "old");
  const ProcessResult unwritable = in(folder, {"m", "--format", "json:out/a.json", "--format", "concise:missing/b.txt"});
  CHECK(unwritable.exit_code == 2);
  CHECK(holds(unwritable.err, "missing/b.txt"));
  CHECK(in(folder, {"nowhere", "--format", "json:out/a.json"}).exit_code == 2);
  ProcessOptions full;
  full.stdout_path = "/dev/full";
  const ProcessResult no_room = in(folder, {"m", "--format", "text", "--format", "concise:out/kept.txt"}, full);
  CHECK(no_room.exit_code == 2);
  CHECK(holds(no_room.err, "stdout"));
  CHECK(folder.list("out") == Strings{"kept.txt"});
  CHECK(folder.read("out/kept.txt") == "old");
}

TEST_CASE("devices are written to, not replaced; links stay") {
  const TemporaryFolder folder;
  folder.write("m/a.yaml", half);
  folder.write("real.json", "old");
  std::filesystem::create_symlink("real.json", folder / "link.json");
  CHECK(in(folder, {"m", "--format", "json:link.json", "--format", "text:/dev/null"}).exit_code == 1);
  CHECK(std::filesystem::is_symlink(folder / "link.json"));
  CHECK(std::filesystem::is_character_file("/dev/null"));
  CHECK(nlohmann::json::accept(folder.read("real.json")));
  CHECK(in(folder, {"m", "--format", "json:/dev/full"}).exit_code == 2);
}

TEST_CASE("a reader that went away is no news to it") {
  const TemporaryFolder folder;
  folder.write("a.yaml", half);
  ProcessOptions options;
  options.broken_pipe = true;
  const ProcessResult result = in(folder, {}, options);
  CHECK(result.exit_code == 2);
  CHECK(result.err.empty());
}

TEST_CASE("colour follows the option, then the environment, then the terminal") {
  const TemporaryFolder folder;
  folder.write("a.yaml", half);
  const auto coloured = [&](Strings arguments, std::vector<std::pair<std::string, std::string>> environment) {
    ProcessOptions options;
    options.environment = std::move(environment);
    return holds(in(folder, arguments, options).out, "\x1b[");
  };
  CHECK_FALSE(coloured({}, {}));
  CHECK(coloured({"--color", "always"}, {{"NO_COLOR", "1"}}));
  CHECK(coloured({}, {{"FORCE_COLOR", "1"}}));
  CHECK_FALSE(coloured({}, {{"FORCE_COLOR", "1"}, {"NO_COLOR", "1"}}));
  CHECK_FALSE(coloured({"--color", "never"}, {{"CLICOLOR_FORCE", "1"}}));
  CHECK_FALSE(coloured({"--color", "always", "--format", "json"}, {}));
}

// --- input

TEST_CASE("stdin is read for a dash") {
  const TemporaryFolder folder;
  ProcessOptions options;
  options.input = half;
  CHECK(in(folder, {"--format", "concise", "-"}, options).out.starts_with("<stdin>:1:1: warning"));
  folder.write("sub/.hoplint.yaml", "ignore: yaml\n");
  CHECK(in(folder, {"--format", "concise", "-", "--stdin-filename", "./x.yaml"}, options).out.starts_with("x.yaml:1:1: warning"));
  CHECK(in(folder, {"-", "--stdin-filename", "sub/x.yaml"}, options).exit_code == 0);
}

TEST_CASE("the configuration is found, named or left aside") {
  const TemporaryFolder folder;
  folder.write("a/x.yaml", half);
  folder.write("a/.hoplint.yaml", "ignore: yaml\n");
  folder.write("b/x.yaml", half);
  folder.write("other.yaml", "severity: {yaml-half-manifest: info}\n");
  CHECK(in(folder, {"a"}).exit_code == 0);
  CHECK(in(folder, {"a", "--isolated"}).exit_code == 1);
  CHECK(holds(in(folder, {"--config", "other.yaml", "a", "--format", "concise"}).out, "info[yaml-half-manifest]"));
  CHECK(in(folder, {"a", "--ignore", "mtls"}).exit_code == 1);
  const ProcessResult two = in(folder, {"a", "b"});
  CHECK(two.exit_code == 2);
  CHECK(holds(two.err, "a/.hoplint.yaml"));
  const ProcessResult all = in(folder, {".", "--format", "concise"});
  CHECK(all.exit_code == 1);
  CHECK(holds(all.out, "b/x.yaml:1:1"));
  CHECK_FALSE(holds(all.out, "a/x.yaml"));
}

TEST_CASE("mistakes in the configuration have a place") {
  const TemporaryFolder folder;
  folder.write(".hoplint.yaml", "severity:\n  yaml: eror\n");
  folder.write("sub/x.yaml", service);
  const ProcessResult result = in(folder, {"sub"});
  CHECK(result.exit_code == 2);
  CHECK(result.err.starts_with(".hoplint.yaml:2:9: error[config-invalid]"));
}

TEST_CASE("a configuration above the working directory") {
  const TemporaryFolder folder;
  folder.write(".hoplint.yaml", "exclude: [sub/gen/]\nallow: [{rules: yaml, paths: [sub/old/**], reason: old}]\n");
  folder.write("sub/gen/x.yaml", half);
  folder.write("sub/old/x.yaml", half);
  folder.write("sub/x.yaml", service);
  ProcessOptions options;
  options.directory = folder / "sub";
  const ProcessResult result = run_hoplint({"--format", "json"}, options);
  CHECK(result.exit_code == 0);
  CHECK(nlohmann::json::parse(result.out)["summary"]["suppressed"] == 1);
}

TEST_CASE("folders and files that cannot be read are findings, or failures when named") {
  const TemporaryFolder folder;
  folder.write("m/good.yaml", service);
  folder.write("m/closed/x.yaml", service);
  folder.write("m/secret.yaml", service);
  std::filesystem::permissions(folder / "m/closed", std::filesystem::perms::none);
  std::filesystem::permissions(folder / "m/secret.yaml", std::filesystem::perms::none);
  ProcessOptions options;
  options.unprivileged = true;
  if (in(folder, {"--version"}, options).exit_code == 124) {
    WARN("the binary cannot be run by another user here");
    std::filesystem::permissions(folder / "m/closed", std::filesystem::perms::owner_all);
    return;
  }
  const ProcessResult walked = in(folder, {"m", "--format", "json"}, options);
  CHECK(walked.exit_code == 1);
  const auto report = nlohmann::json::parse(walked.out);
  CHECK(report["summary"]["skipped"]["unreadable"] == 2);
  CHECK(report["findings"].size() == 2);
  CHECK(report["findings"][0]["rule"] == "file-unreadable");
  CHECK(report["findings"][0]["primary"]["path"] == "m/closed");
  const ProcessResult named = in(folder, {"m/secret.yaml"}, options);
  CHECK(named.exit_code == 2);
  CHECK(holds(named.err, "permission denied"));
  CHECK(in(folder, {"m/closed"}, options).exit_code == 2);
  std::filesystem::permissions(folder / "m/closed", std::filesystem::perms::owner_all);
}

TEST_CASE("FIFOs do not hold the run up") {
  const TemporaryFolder folder;
  folder.write("m/good.yaml", service);
  REQUIRE(::mkfifo((folder / "m/pipe.yaml").c_str(), 0644) == 0);
  REQUIRE(::mkfifo((folder / "m/pipe.txt").c_str(), 0644) == 0);
  const ProcessResult result = in(folder, {"m", "--format", "json"});
  CHECK(result.exit_code == 1);
  CHECK(nlohmann::json::parse(result.out)["summary"]["skipped"]["unreadable"] == 1);
  CHECK(in(folder, {"m/pipe.yaml"}).exit_code == 2);
}

TEST_CASE("links are followed once, and never round in a circle") {
  const TemporaryFolder folder;
  folder.write("m/a/x.yaml", half);
  folder.write("elsewhere/y.yaml", half);
  namespace fs = std::filesystem;
  fs::create_directory_symlink("..", folder / "m/a/up");
  fs::create_directory_symlink(".", folder / "m/self");
  fs::create_directory_symlink("/", folder / "m/root");
  fs::create_directory_symlink("a", folder / "m/0-again");
  fs::create_symlink("a/x.yaml", folder / "m/0-x.yaml");
  folder.write("m/a/no-manifest-by-name.txt", half);
  fs::create_symlink("a/no-manifest-by-name.txt", folder / "m/z.yaml");
  fs::create_directory_symlink("../elsewhere", folder / "m/other");
  fs::create_symlink("loop.yaml", folder / "m/loop.yaml");
  const ProcessResult result = in(folder, {"m", "--format", "json"});
  CHECK(result.exit_code == 1);
  const auto report = nlohmann::json::parse(result.out);
  Strings places;
  for (const auto& finding : report["findings"]) places.push_back(finding["primary"]["path"]);
  CHECK(places == Strings{"m/a/x.yaml", "m/loop.yaml", "m/other/y.yaml", "m/z.yaml"});
  CHECK(report["findings"][1]["rule"] == "file-unreadable");
}

TEST_CASE("names with strange characters cannot paint the terminal") {
  const TemporaryFolder folder;
  folder.write("m/\x1b[31mred\n.yaml", half);
  for (const char* format : {"text", "concise"}) CHECK_FALSE(holds(in(folder, {"m", "--format", format}).out, "\x1b"));
  CHECK_FALSE(holds(in(folder, {"\x1b[31m"}).err, "\x1b"));
}

TEST_CASE("suppressions expire with --today") {
  const TemporaryFolder folder;
  folder.write("a.yaml", "# hoplint: allow yaml-half-manifest -- so it is until 2026-05-05\n" + std::string(half));
  CHECK(in(folder, {"--today", "2026-05-05"}).exit_code == 0);
  CHECK(in(folder, {"--today", "2026-05-06"}).exit_code == 1);
}

// --- the other commands

TEST_CASE("rules are listed in every form") {
  const ProcessResult text = run_hoplint({"rules"});
  CHECK(text.exit_code == 0);
  CHECK(holds(text.out, "\nyaml-syntax "));
  CHECK(holds(run_hoplint({"rules", "--format", "markdown"}).out, "|"));
  CHECK(nlohmann::json::accept(run_hoplint({"rules", "--format", "json"}).out));
  CHECK(run_hoplint({"rules", "--format", "xml"}).exit_code == 2);
}

TEST_CASE("explain knows ids and aliases, and suggests") {
  CHECK(holds(run_hoplint({"explain", "gateway-credential-missing"}).out, "credentialName"));
  CHECK(holds(run_hoplint({"explain", "IST0101"}).out, "gateway-credential-missing"));
  CHECK(holds(run_hoplint({"explain", "yaml-sintax"}).err, "did you mean `yaml-syntax`?"));
  CHECK(holds(run_hoplint({"explain", "yaml"}).err, "yaml-syntax"));
}

/// What bash makes of the words of a line, the last of them to be completed.
std::string completed(const TemporaryFolder& folder, const std::string& words) {
  const std::string script = "PATH=$(dirname '" HOPLINT_BINARY "'):$PATH; . ./completion; compopt() { :; }; COMP_WORDS=(" + words +
                             "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _hoplint; echo \"${COMPREPLY[*]}\"";
  folder.write("script", script);
  const std::string command = "cd '" + folder.path() + "' && bash script > out";
  REQUIRE(std::system(command.c_str()) == 0);  // NOLINT(cert-env33-c,concurrency-mt-unsafe): the shell is what is tested
  return folder.read("out");
}

TEST_CASE("bash completes commands, options, values and rules") {
  const TemporaryFolder folder;
  folder.write("manifests.yaml", service);
  folder.write("completion", run_hoplint({"completion", "bash"}).out);
  CHECK(completed(folder, "hoplint ba") == "baseline\n");
  CHECK(completed(folder, "hoplint man") == "manual manifests.yaml\n");
  CHECK(completed(folder, "hoplint baseline ''") == "create update check\n");
  CHECK(completed(folder, "hoplint check --color a") == "auto always\n");
  CHECK(completed(folder, "hoplint --format s") == "sarif\n");
  CHECK(completed(folder, "hoplint check --max-d") == "--max-diagnostics\n");
  CHECK(completed(folder, "hoplint explain gateway-credential-m") == "gateway-credential-missing\n");
  CHECK(completed(folder, "hoplint check manif") == "manifests.yaml\n");
}

TEST_CASE("every command and option is in the manual and in each shell's completions") {
  const std::string manual = run_hoplint({"manual"}).out;
  CHECK(manual.starts_with(".TH HOPLINT 1 "));
  CHECK(holds(manual, "\\fB\\-\\-format\\fR \\fIF[:PATH]\\fR"));
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = run_hoplint({"completion", shell}).out;
    for (const char* word : {"baseline", "suppress", "explain", "completion", "only-affected-by", "unsafe-fixes", "sarif"}) {
      CAPTURE(shell, word);
      CHECK(holds(script, word));
    }
  }
  CHECK(run_hoplint({"completion", "tcsh"}).exit_code == 2);
}

TEST_CASE("the schema is JSON") { CHECK(nlohmann::json::accept(run_hoplint({"schema", "findings"}).out)); }

TEST_CASE("references that point outside are listed, and can be made known") {
  const TemporaryFolder folder;
  folder.write("a.yaml",
               "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: shop, namespace: shop}\n"
               "spec:\n  hosts: [shop.example.com]\n  gateways: [istio-system/edge]\n  http:\n"
               "  - route: [{destination: {host: cart}}]\n  - route: [{destination: {host: api.example.com}}]\n");
  const ProcessResult refs = in(folder, {"refs", "--outside"});
  CHECK(refs.exit_code == 0);
  CHECK(holds(refs.out, "a.yaml:6:14: VirtualService shop/shop wants Gateway istio-system/edge\n"));
  CHECK(holds(refs.out, "wants Service shop/cart"));
  const ProcessResult known = in(folder, {"refs", "--as-known"});
  CHECK(known.out == "known:\n  - Gateway istio-system/edge\n  - Service shop/cart\n");
  folder.write(".hoplint.yaml", known.out);
  CHECK_FALSE(holds(in(folder, {"refs", "--outside"}).out, "Gateway"));
  CHECK(holds(in(folder, {"refs"}).out, "Gateway istio-system/edge: found"));
}

}  // namespace
}  // namespace hop
