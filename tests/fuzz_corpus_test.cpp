// What is fuzzed, without a fuzzer: the corpora of tests/fuzz, every fixture, and some hundred manifests that are made from the field
// tables. `./dev fuzz NAME` looks for more; what it finds belongs into tests/fuzz/corpus/NAME.

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "fuzz/mutate.h"
#include "fuzz/runs.h"
#include "fuzz/targets.h"
#include "support/case.h"
#include "support/catch.h"
#include "text/format.h"

namespace hop::fuzz {
namespace {

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

void replay(const Target& target, const std::string& bytes, const std::string& what) {
  CAPTURE(target.name, what, bytes);
  // A copy without a terminator, so that a sanitizer sees a read beyond the end.
  const std::vector<char> exact(bytes.begin(), bytes.end());
  CHECK_NOTHROW(target.run({exact.data(), exact.size()}));
}

TEST_CASE("every target has a corpus, and what lies there breaks nothing") {
  for (const Target& target : targets) {
    const auto paths = files_below(std::filesystem::path(HOPLINT_SOURCE_DIR "/tests/fuzz/corpus") / target.name);
    CAPTURE(target.name);
    CHECK(paths.size() >= 3);
    for (const auto& path : paths) replay(target, read_bytes(path), path.filename());
  }
  for (const auto& entry : std::filesystem::directory_iterator(HOPLINT_SOURCE_DIR "/tests/fuzz/corpus")) {
    CHECK(std::any_of(std::begin(targets), std::end(targets), [&](const Target& one) { return one.name == entry.path().filename(); }));
  }
}

TEST_CASE("hostile fixtures break no target") {
  constexpr std::size_t longest = 4096;
  for (const auto& path : files_below(HOPLINT_SOURCE_DIR "/fixtures/hostile")) {
    const std::string bytes = read_bytes(path).substr(0, longest);
    for (const Target& target : targets) replay(target, bytes, path.filename());
  }
}

TEST_CASE("manifests from the field tables, and changes to them, break nothing") {
  for (std::uint32_t seed = 0; seed < 16; ++seed) {
    Dice dice(seed);
    std::string text = random_manifest(dice);
    for (int i = 0; i < 4; ++i) text += "---\n" + random_manifest(dice);
    const std::string changed = mutate(Shape::manifests, text, seed);
    for (const Target& target : targets) {
      if (target.shape != Shape::manifests) continue;
      replay(target, target.name == "fix" ? changed : text, format("seed {}", seed));
    }
    const std::string key = random_annotation_key(dice);
    const std::string annotation = key + "\n" + random_annotation_value(key, dice);
    replay(targets[5], annotation, format("annotation, seed {}", seed));
    replay(targets[5], mutate(Shape::annotation, annotation, seed), format("annotation, seed {}", seed));
  }
}

TEST_CASE("made manifests parse, and the rules have something to say") {
  std::size_t resources = 0, findings = 0;
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    Dice dice(seed);
    const std::string text = random_manifest(dice);
    const LintRun run = lint_all({{"m/a.yaml", text}}, every_rule({}));
    CAPTURE(text);
    CHECK(count_problems(run) == 0);
    resources += run.summary.resources;
    findings += run.findings.size();
  }
  CHECK(resources >= 35);
  CHECK(findings >= 40);
}

TEST_CASE("a promise that is not kept is seen") {
  CHECK_THROWS_AS(require(false, "it holds"), Broken);
  CHECK_NOTHROW(require(true, "it holds"));
}

TEST_CASE("inputs of several files") {
  const Files files = files_of("a: 1\n#@ kustomization.yaml\nb: 2\n#@ ../../etc/x\nc: 3\n");
  CHECK(files.at("m/a.yaml") == "a: 1\n");
  CHECK(files.at("m/kustomization.yaml") == "b: 2\n");
  CHECK(files.at("m/b.yaml") == "c: 3\n");
}

}  // namespace
}  // namespace hop::fuzz
