// The files that others' tools read: each parses, and the command lines in it are ones that the program takes.

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "support/case.h"
#include "support/catch.h"
#include "support/process.h"
#include "text/file.h"
#include "text/words.h"
#include "yaml/document.h"
#include "yaml/parse.h"

namespace hop {
namespace {

using Strings = std::vector<std::string>;

constexpr auto service =
    "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {selector: {app: a}, ports: [{port: 80}]}\n";

yaml::Document read(const std::string& name) {
  const auto file = File::from_bytes(name, read_bytes(std::filesystem::path(HOPLINT_SOURCE_DIR) / name));
  yaml::Document document(yaml::parse(file->text(), file), FileId{0}, 0);
  REQUIRE(document.tree().problems.empty());
  return document;
}

Strings words_of(std::string_view line) {
  Strings words;
  for (const std::string_view word : split_list(line, ' ')) words.emplace_back(word);
  return words;
}

/// Words behind the program's name.
ProcessResult run_line(const TemporaryFolder& folder, std::string_view line) {
  Strings words = words_of(line);
  REQUIRE(words.at(0) == "hoplint");
  words.erase(words.begin());
  ProcessOptions options;
  options.directory = folder.path();
  return run_hoplint(words, options);
}

TEST_CASE("pre-commit's hooks call commands that work, on the whole repository") {
  const yaml::Document document = read(".pre-commit-hooks.yaml");
  std::size_t hooks = 0;
  for (const yaml::Node hook : document.root().items()) {
    ++hooks;
    CAPTURE(std::string(hook["id"].str()));
    const TemporaryFolder folder;
    folder.write("a.yaml", service);
    ProcessOptions options;
    options.directory = folder.path();
    if (hook["id"].str().starts_with("hoplint-baseline")) run_hoplint({"baseline", "create"}, options);
    const ProcessResult result = run_line(folder, hook["entry"].str());
    CHECK(result.exit_code == 0);
    CHECK(hook["pass_filenames"].str() == "false");
    CHECK(hook["require_serial"].str() == "true");
  }
  CHECK(hooks >= 3);
}

TEST_CASE("pre-commit's hooks see what is wrong in a folder with a configuration of its own") {
  const yaml::Document document = read(".pre-commit-hooks.yaml");
  for (const yaml::Node hook : document.root().items()) {
    CAPTURE(std::string(hook["id"].str()));
    const TemporaryFolder folder;
    ProcessOptions options;
    options.directory = folder.path();
    if (hook["id"].str().starts_with("hoplint-baseline")) run_hoplint({"baseline", "create"}, options);
    folder.write("deploy/a.yaml", "kind: Service\nmetadata: {name: cart}\n");
    folder.write("deploy/.hoplint.yaml", hook["id"].str().starts_with("hoplint-config") ? "selct: [alb]\n" : "complete: true\n");
    CHECK(run_line(folder, hook["entry"].str()).exit_code == 1);
  }
}

TEST_CASE("GitLab's job writes the reports that it uploads") {
  const yaml::Document document = read("ci/gitlab.yml");
  const yaml::Node job = document.root()["hoplint"];
  std::string line(job["script"].items().begin().operator*().str());
  const std::size_t at = line.find("$HOPLINT_PATHS");
  REQUIRE(at != std::string::npos);
  line.replace(at, 14, job["variables"]["HOPLINT_PATHS"].str());
  const TemporaryFolder folder;
  folder.write("a.yaml", service);
  CHECK(run_line(folder, line).exit_code == 0);
  const yaml::Node reports = job["artifacts"]["reports"];
  for (const char* report : {"codequality", "junit"}) CHECK_FALSE(folder.read(std::string(reports[report].str())).empty());
}

/// Runs a script as GitHub's runner does, with these variables; answers its exit code.
int run_step(const TemporaryFolder& folder, const std::string& script, const std::vector<std::pair<std::string, std::string>>& variables) {
  std::string text = "cd '" + folder.path() + "/work'\n";
  for (const auto& [name, value] : variables) text += "export " + name + "='" + value + "'\n";
  folder.write("step.sh", text + script);
  const std::string command = "bash --noprofile --norc -eo pipefail '" + folder.path() + "/step.sh' > '" + folder.path() + "/log' 2>&1";
  return WEXITSTATUS(std::system(command.c_str()));  // NOLINT(cert-env33-c,concurrency-mt-unsafe): the shell is what is tested
}

TEST_CASE("the action's steps build, check, and hand on the report only where there is one") {
  const yaml::Document document = read("action.yml");
  const yaml::Node steps = document.root()["runs"]["steps"];
  const TemporaryFolder folder;
  folder.write("work/a.yaml", service);
  // The checkout of the action: `dev run` would build the program.
  folder.write("action/dev", "#!/bin/sh\n[ \"$1\" = run ] && shift && exec '" HOPLINT_BINARY "' \"$@\"\n");
  folder.write("action/build/release/hoplint", "#!/bin/sh\nexec '" HOPLINT_BINARY "' \"$@\"\n");
  namespace fs = std::filesystem;
  for (const char* program : {"action/dev", "action/build/release/hoplint"})
    fs::permissions(folder / program, fs::perms::owner_all | fs::perms::others_exec);

  std::vector<std::pair<std::string, std::string>> variables{
      {"GITHUB_ACTION_PATH", folder / "action"}, {"GITHUB_ACTIONS", "true"}, {"GITHUB_STEP_SUMMARY", folder / "summary"},
      {"GITHUB_OUTPUT", folder / "output"},      {"SARIF", "hoplint.sarif"}, {"CATEGORY", "prod"}};
  const auto run = [&](std::string_view paths, std::string_view arguments) {
    for (const char* file : {"summary", "output", "work/hoplint.sarif"}) fs::remove(folder / file);
    auto all = variables;
    all.emplace_back("PATHS", paths);
    all.emplace_back("ARGUMENTS", arguments);
    int code = 0;
    for (const yaml::Node step : steps.items()) {
      REQUIRE(step["shell"].str() == "bash");
      code = run_step(folder, std::string(step["run"].str()), all);
      if (code != 0) break;
    }
    return code;
  };

  CHECK(run(".", "") == 0);
  CHECK(folder.read("output") == "sarif=hoplint.sarif\n");
  CHECK(folder.read("work/hoplint.sarif").find("\"prod/\"") != std::string::npos);
  CHECK_FALSE(folder.read("summary").empty());

  folder.write("work/b c.yaml", "apiVersion: v1\nkind: Service\nkind: Service\nmetadata: {name: cart, namespace: shop}\n");
  CHECK(run("a.yaml\nb c.yaml\n", "--isolated\n--fail-on\nerror\n") == 1);
  CHECK(folder.read("output") == "sarif=hoplint.sarif\n");
  CHECK(folder.read("log").find("::error file=b c.yaml") != std::string::npos);

  CHECK(run("absent.yaml", "") == 2);
  CHECK_FALSE(fs::exists(folder / "output"));
  CHECK_FALSE(fs::exists(folder / "work/hoplint.sarif"));
}

TEST_CASE("the action uses options that exist") {
  const yaml::Document document = read("action.yml");
  const std::string help = run_hoplint({"check", "--help"}).out;
  std::size_t options = 0;
  for (const yaml::Node step : document.root()["runs"]["steps"].items()) {
    std::string script(step["run"].str());
    for (char& c : script) c = c == '\n' || c == '"' ? ' ' : c;
    for (const std::string& word : words_of(script)) {
      if (!word.starts_with("--") || word == "--" || word == "--version") continue;
      CAPTURE(word);
      ++options;
      CHECK(help.find(word) != std::string::npos);
    }
  }
  CHECK(options >= 5);
}

}  // namespace
}  // namespace hop
