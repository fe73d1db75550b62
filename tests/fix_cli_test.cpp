// `check --fix` and `--diff` as a user runs them, on copies of the fixtures and in a real git repository.

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "rule/table.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/check_cases.h"
#include "support/process.h"
#include "text/format.h"

namespace hop {
namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

constexpr std::string_view ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: edge\n  namespace: shop\n";
/// An annotation that is no string: a safe fix puts quotes round it.
constexpr std::string_view annotations = "  annotations:\n    example.com/weight: 10\nspec: {}\n";

std::string wrong_ingress() { return std::string(ingress) + std::string(annotations); }

std::string right_ingress() {
  std::string text = wrong_ingress();
  return text.replace(text.find("10"), 2, "\"10\"");
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

ProcessResult run_at(const std::string& directory, const Strings& arguments, ProcessOptions options = {}) {
  options.directory = directory;
  return run_hoplint(arguments, options);
}

ProcessOptions with_input(std::string input) {
  ProcessOptions options;
  options.input = std::move(input);
  return options;
}

ProcessResult in(const TemporaryFolder& folder, Strings arguments, const std::string& below = {}) {
  arguments.insert(arguments.begin(), {"check", "--select", "metadata-annotation-not-string"});
  return run_at(below.empty() ? folder.path() : folder / below, arguments);
}

/// Whether a command of the shell succeeds in a folder. Paths of temporary folders need no quotes.
bool shell(const std::string& directory, const std::string& command) {
  const std::string quiet = "cd " + directory + " && (" + command + ") >/dev/null 2>&1";
  return std::system(quiet.c_str()) == 0;  // NOLINT(cert-env33-c): git is what is tested against
}

// --- fixtures

const Case* find_case(const FixtureFolder& folder, CaseType type, const std::string& suffix) {
  for (const Case& one : folder.cases) {
    if (one.type == type && one.suffix == suffix) return &one;
  }
  return nullptr;
}

/// Every group but policy, and the rule itself, whose id its folder says.
Strings options_of(const Case& fixture) {
  std::string rule = fixture.place.substr(0, fixture.place.rfind('/'));
  for (char& c : rule) c = c == '/' || c == '_' ? '-' : c;
  Strings options{"check", "--today", "2026-01-01", "--jobs", "1", "--select=correctness,security,reliability,deprecation," + rule};
  if (!fixture.files.contains("case/.hoplint.yaml")) options.emplace_back("--isolated");
  if (fixture.expected.header.complete) options.emplace_back("--complete");
  for (const std::string& known : fixture.expected.header.known) options.insert(options.end(), {"--known", known});
  options.emplace_back("case");
  return options;
}

void write_case(const TemporaryFolder& folder, const Case& fixture) {
  for (const auto& [path, text] : fixture.files) folder.write(path, text);
}

FileTexts read_case(const TemporaryFolder& folder, const Case& fixture) {
  FileTexts texts;
  for (const auto& [path, text] : fixture.files) texts[path] = folder.read(path);
  return texts;
}

/// Both cases of one file may be called differently.
void check_same(const FileTexts& came, const Case& wanted) {
  REQUIRE(came.size() == wanted.files.size());
  for (auto a = came.begin(), b = FileTexts::const_iterator(wanted.files.begin()); a != came.end(); ++a, ++b) {
    CHECK(without_expectations(a->second) == without_expectations(b->second));
  }
}

void try_fixture(const Case& bad, const Case& fixed, bool unsafe) {
  CAPTURE(bad.place, fixed.place);
  Strings options = options_of(bad);
  if (unsafe) options.insert(options.begin() + 1, "--unsafe-fixes");
  const auto with = [&](const std::string& flag) {
    Strings all = options;
    all.insert(all.begin() + 1, flag);
    return all;
  };
  const TemporaryFolder patched, mended;
  write_case(patched, bad);
  write_case(mended, bad);

  const ProcessResult diff = run_at(patched.path(), with("--diff"));
  CHECK(diff.exit_code == 1);
  check_same(read_case(patched, bad), bad);
  patched.write("fixes.patch", diff.out);
  CAPTURE(diff.out, diff.err);
  CHECK(shell(patched.path(), "git apply fixes.patch"));

  const ProcessResult fix = run_at(mended.path(), with("--fix"));
  CAPTURE(fix.out, fix.err);
  CHECK(holds(fix.err, "hoplint: fixed "));
  check_same(read_case(mended, bad), fixed);
  CHECK(read_case(patched, bad) == read_case(mended, bad));

  const ProcessResult again = run_at(mended.path(), with("--fix"));
  CHECK(again.exit_code == fix.exit_code);
  CHECK(again.out == fix.out);
  CHECK(holds(again.err, "nothing was fixed"));
  CHECK(read_case(patched, bad) == read_case(mended, bad));
  CHECK(run_at(mended.path(), with("--diff")).exit_code == 0);
}

TEST_CASE("fixtures: --fix gives the fixed case, --diff a patch that gives the same, a second run nothing") {
  std::size_t tried = 0;
  for (const RuleEntry& entry : all_rules()) {
    const std::string path = fixture_path(entry.path_id);
    const FixtureFolder folder = load_fixtures(fs::path(HOPLINT_SOURCE_DIR) / "fixtures" / path, path);
    for (const Case& bad : folder.cases) {
      if (bad.type != CaseType::bad) continue;
      for (const bool unsafe : {false, true}) {
        const Case* const fixed = find_case(folder, unsafe ? CaseType::fixed_unsafe : CaseType::fixed, bad.suffix);
        if (fixed == nullptr) continue;
        try_fixture(bad, *fixed, unsafe);
        ++tried;
      }
    }
  }
  CHECK(tried >= 15);
}

// --- the command line

TEST_CASE("--fix reports what remains, on stdout, and what it did, on stderr") {
  const TemporaryFolder folder;
  folder.write("a.yaml", wrong_ingress());
  folder.write("b.yaml", "apiVersion: v1\nkind: [\n");
  const ProcessResult result = run_at(folder.path(), {"check", "--fix", "--select", "metadata-annotation-not-string,yaml-syntax", "."});
  CHECK(result.exit_code == 1);
  CHECK(holds(result.out, "yaml-syntax"));
  CHECK_FALSE(holds(result.out, "annotation-not-string"));
  CHECK(result.err == "hoplint: fixed 1 finding in 1 file\n");
  CHECK(folder.read("a.yaml") == right_ingress());
  CHECK(in(folder, {"--fix", "a.yaml"}).exit_code == 0);
}

TEST_CASE("--diff prints a patch, changes nothing, and says with its exit code whether there is one") {
  const TemporaryFolder folder;
  folder.write("a.yaml", wrong_ingress());
  const ProcessResult result = in(folder, {"--diff", "a.yaml"});
  CHECK(result.exit_code == 1);
  CHECK(result.out ==
        "diff --git a/a.yaml b/a.yaml\n--- a/a.yaml\n+++ b/a.yaml\n@@ -4,5 +4,5 @@\n   name: edge\n   namespace: shop\n"
        "   annotations:\n-    example.com/weight: 10\n+    example.com/weight: \"10\"\n spec: {}\n");
  CHECK(result.err == "hoplint: would fix 1 finding in 1 file\n");
  CHECK(folder.read("a.yaml") == wrong_ingress());
  CHECK(in(folder, {"--diff", "--exit-zero", "a.yaml"}).exit_code == 0);
  folder.write("a.yaml", right_ingress());
  const ProcessResult nothing = in(folder, {"--diff", "a.yaml"});
  CHECK(nothing.exit_code == 0);
  CHECK(nothing.out.empty());
}

TEST_CASE("flags that do not go together are refused") {
  const TemporaryFolder folder;
  folder.write("a.yaml", wrong_ingress());
  for (const Strings& flags :
       {Strings{"--unsafe-fixes"}, Strings{"--fix", "--diff"}, Strings{"--diff", "--format", "json"}, Strings{"--fix", "nowhere.yaml"}}) {
    Strings arguments = flags;
    arguments.emplace_back("a.yaml");
    CHECK(in(folder, arguments).exit_code == 2);
    CHECK(folder.read("a.yaml") == wrong_ingress());
  }
}

TEST_CASE("stdin is not fixed, nor is the file it is named after") {
  const TemporaryFolder folder;
  folder.write("a.yaml", wrong_ingress());
  for (const char* flag : {"--fix", "--diff"}) {
    const ProcessResult result = run_at(folder.path(), {"check", flag, "--stdin-filename", "a.yaml", "-"}, with_input(wrong_ingress()));
    CHECK(holds(result.err, "stdin"));
    CHECK(folder.read("a.yaml") == wrong_ingress());
  }
}

TEST_CASE("known manifests are not fixed") {
  const TemporaryFolder folder;
  folder.write("known/a.yaml", wrong_ingress());
  folder.write("b.yaml", right_ingress());
  CHECK(in(folder, {"--fix", "--known", "known", "b.yaml"}).exit_code == 0);
  CHECK(folder.read("known/a.yaml") == wrong_ingress());
}

TEST_CASE("mode, links, line ends and byte order marks stay") {
  const TemporaryFolder folder;
  std::string text = "\xef\xbb\xbf";
  for (const char c : wrong_ingress()) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  text.resize(text.size() - 2);
  folder.write("real/a.txt", text);
  REQUIRE(::chmod((folder / "real/a.txt").c_str(), 0750) == 0);
  fs::create_directory(folder / "linked");
  fs::create_symlink("../real/a.txt", folder / "linked/a.yaml");
  const ProcessResult diff = in(folder, {"--diff", "linked"});
  folder.write("p.patch", diff.out);
  CHECK(holds(diff.out, "+++ b/real/a.txt\n"));
  CHECK(holds(diff.out, "\n\\ No newline at end of file\n"));
  CHECK(shell(folder.path(), "cp -r real copy && cd copy && git apply -p2 ../p.patch"));
  CHECK(in(folder, {"--fix", "linked"}).exit_code == 0);
  CHECK(folder.read("real/a.txt") == text.replace(text.find("10"), 2, "\"10\""));
  CHECK(folder.read("copy/a.txt") == folder.read("real/a.txt"));
  CHECK(fs::is_symlink(folder / "linked/a.yaml"));
  CHECK((fs::status(folder / "real/a.txt").permissions() & fs::perms::mask) == static_cast<fs::perms>(0750));
  CHECK(folder.list("real") == Strings{"a.txt"});
}

TEST_CASE("a folder that is closed to us: nothing is fixed, no file stays behind") {
  const TemporaryFolder folder;
  folder.write("a/a.yaml", wrong_ingress());
  REQUIRE(::chmod((folder / "a/a.yaml").c_str(), 0666) == 0);
  REQUIRE(::chmod((folder / "a").c_str(), 0555) == 0);
  ProcessOptions options;
  options.unprivileged = true;
  const ProcessResult result = run_at(folder.path(), {"check", "--fix", "--isolated", "a"}, options);
  CHECK(result.exit_code == 2);
  CHECK(result.out.empty());
  CHECK(holds(result.err, "cannot write `a/a.yaml`: permission denied"));
  CHECK(folder.read("a/a.yaml") == wrong_ingress());
  CHECK(folder.list("a") == Strings{"a.yaml"});
}

TEST_CASE("a patch that cannot be printed is exit code 2") {
  const TemporaryFolder folder;
  folder.write("a.yaml", wrong_ingress());
  ProcessOptions options;
  options.stdout_path = "/dev/full";
  const ProcessResult result = run_at(folder.path(), {"check", "--diff", "a.yaml"}, options);
  CHECK(result.exit_code == 2);
  CHECK(holds(result.err, "cannot write to stdout"));
}

TEST_CASE("no patch shows secret data, and UTF-16 goes into none") {
  const TemporaryFolder folder;
  const std::string secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\nstringData:\n  password: hunter2\n";
  folder.write("near.yaml", secret + "---\n" + wrong_ingress());
  folder.write("beside.yaml",
               "apiVersion: v1\nkind: Secret\nstringData:\n  password: hunter2\nmetadata:\n  name: t\n  annotations:\n    a/b: 1\n");
  folder.write("behind.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: u\n  annotations: {a/b: 1}\ndata: {a: aHVudGVyMg==}\n");
  const ProcessResult result = in(folder, {"--diff", "."});
  CHECK(result.exit_code == 1);
  CHECK(holds(result.out, "+++ b/near.yaml"));
  CHECK(holds(result.out, "+++ b/beside.yaml"));
  CHECK_FALSE(holds(result.out, "hunter2"));
  CHECK_FALSE(holds(result.out, "aHVudGVyMg"));
  CHECK(holds(result.err, "`behind.yaml` is not in the patch: it would show secret data"));
  folder.write("p.patch", result.out);
  REQUIRE(shell(folder.path(), "git apply p.patch"));
  CHECK(in(folder, {"near.yaml", "beside.yaml"}).exit_code == 0);

  std::string wide = "\xff\xfe";
  for (const char c : wrong_ingress()) wide += {c, '\0'};
  folder.write("wide.yaml", wide);
  const ProcessResult utf16 = in(folder, {"--diff", "wide.yaml"});
  CHECK(utf16.exit_code == 0);
  CHECK(utf16.out.empty());
  CHECK_FALSE(holds(utf16.err, "would fix"));
  CHECK(holds(utf16.err, "UTF-16"));
  CHECK(in(folder, {"--fix", "wide.yaml"}).exit_code == 0);
}

TEST_CASE("in a repository a patch fits from its root and from below, whatever the files are called") {
  const TemporaryFolder folder;
  const Strings names = {"a b.yaml", "caf\xc3\xa9.yaml", "qu\"ote\\.yaml", "tab\t.yaml"};
  for (const std::string& name : names) folder.write("deploy/" + name, wrong_ingress());
  REQUIRE(shell(folder.path(), "git init -q ."));
  const ProcessResult above = in(folder, {"--diff", "deploy"});
  const ProcessResult below = in(folder, {"--diff", "."}, "deploy");
  CHECK(above.out == below.out);
  folder.write("p.patch", above.out);
  CAPTURE(above.out, above.err);
  CHECK(shell(folder.path(), "git apply --check p.patch"));
  CHECK(shell(folder / "deploy", "git apply ../p.patch"));
  for (const std::string& name : names) CHECK(folder.read("deploy/" + name) == right_ingress());
}

TEST_CASE("rules --fixable lists rules that may have fixes") {
  const ProcessResult all = run_hoplint({"rules"});
  const ProcessResult fixable = run_hoplint({"rules", "--fixable"});
  for (const RuleEntry& entry : all_rules()) {
    CAPTURE(entry.path_id);
    CHECK(holds(all.out, std::string(entry.path_id) + " "));
    CHECK(holds("\n" + fixable.out, format("\n{} ", entry.path_id)) == (entry.rule->info.fixes != FixPolicy::never));
  }
}

}  // namespace
}  // namespace hop
