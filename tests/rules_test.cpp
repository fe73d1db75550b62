// What the harness holds every rule to, unasked: the twelve invariants of the design's section 9, over every rule and fixture.

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "report/render.h"
#include "rule/table.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/check_cases.h"
#include "support/check_fixes.h"
#include "support/check_reads.h"
#include "support/check_suppressions.h"
#include "support/check_texts.h"
#include "support/check_variants.h"
#include "support/complaints.h"
#include "support/require_none.h"
#include "support/watch.h"
#include "text/format.h"
#include "text/unicode.h"

namespace hop {
namespace {

namespace fs = std::filesystem;

const fs::path fixtures = fs::path(HOPLINT_SOURCE_DIR) / "fixtures";

/// A rule with its fixtures, each linted once for all invariants.
struct RuleTrials {
  const RuleEntry* entry = nullptr;
  FixtureFolder folder;  ///< its cases have moved into the trials
  std::vector<Trial> trials;
  const Rule& rule() const { return *entry->rule; }
  const RuleInfo& info() const { return entry->rule->info; }
};

struct Suite {
  std::vector<RuleTrials> rules;
  std::vector<Trial> estates;
};

/// Sends each fixture through lint() on all processors.
Suite load_suite() {
  Suite suite;
  for (const RuleEntry& entry : all_rules()) {
    const std::string path = fixture_path(entry.path_id);
    suite.rules.push_back({&entry, load_fixtures(fixtures / path, "fixtures/" + path), {}});
  }
  std::vector<Case> estates = load_estates(fixtures / "estates", "fixtures/estates");
  suite.estates.resize(estates.size());
  const Complaints crashes = gather(suite.rules.size() + estates.size(), [&](std::size_t number) -> Complaints {
    if (number >= suite.rules.size()) {
      Case& estate = estates[number - suite.rules.size()];
      const Watch watch(estate.place);
      suite.estates[number - suite.rules.size()] = try_case(std::move(estate), nullptr, lint_texts);
      return {};
    }
    RuleTrials& rule = suite.rules[number];
    for (const Case& fixture : rule.folder.cases) {
      const Watch watch(fixture.place);
      rule.trials.push_back(try_case(fixture, &rule.info(), lint_texts));
    }
    return {};
  });
  if (!crashes.empty()) FAIL(listed(crashes));
  return suite;
}

const Suite& suite() {
  static const Suite loaded = load_suite();
  return loaded;
}

/// Asks about every rule; complaints begin with its id.
template <class Check>
void each_rule(Check check) {
  const std::vector<RuleTrials>& rules = suite().rules;
  require_none(
      gather(rules.size(), [&](std::size_t number) { return located(std::string(rules[number].entry->path_id), check(rules[number])); }));
}

/// Asks about every case of every rule for which `wanted` holds.
template <class Check>
void each_case(bool (*wanted)(CaseType), Check check) {
  each_rule([&](const RuleTrials& rule) {
    Complaints complaints;
    for (const Trial& trial : rule.trials) {
      if (wanted(trial.fixture.type)) append(complaints, check(rule, trial));
    }
    return complaints;
  });
}

bool any(CaseType) { return true; }
bool is_bad(CaseType type) { return type == CaseType::bad; }
bool is_good(CaseType type) { return type == CaseType::good; }
/// Fixed cases differ from bad ones by a few bytes: nothing is gained by turning them about, too.
bool is_bad_or_good(CaseType type) { return is_bad(type) || is_good(type); }

template <class Check>
Complaints each_finding(const Trial& trial, Check check) {
  Complaints complaints;
  for (const Diagnostic& finding : trial.run.findings) {
    append(complaints, located(describe(finding, trial.run.input->sources), check(finding, trial.run.input->sources)));
  }
  return located(trial.fixture.place, complaints);
}

/// Asks about every estate; the checks name it themselves.
template <class Check>
void each_estate(Check check) {
  const std::vector<Trial>& estates = suite().estates;
  require_none(gather(estates.size(), [&](std::size_t number) { return check(estates[number]); }));
}

std::set<std::string> fixture_paths() {
  std::set<std::string> paths;
  for (const RuleEntry& entry : all_rules()) paths.insert(fixture_path(entry.path_id));
  return paths;
}

/// Lints a hostile file as if it were named, then as if it were found, and shows what is found.
Complaints try_hostile(const fs::path& path) {
  const Watch watch(path.string());
  Settings settings;
  settings.today = "2026-01-01";
  settings.isolated = true;
  const FileTexts texts{{format("{}/{}", case_root, path.filename().string()), read_bytes(path)}};
  Complaints complaints;
  for (const std::string& input : {texts.begin()->first, std::string(case_root)}) {
    const LintRun run = lint(MemoryFiles(texts), {InputPath{input, std::nullopt}}, settings);
    for (const Diagnostic& finding : run.findings) append(complaints, check_spans(finding, run.input->sources));
    const RenderInput shown{run, run.findings};
    for (const std::string& text : {render_text(shown, {}), render_concise(shown, {}), render_json(shown)}) {
      const bool clean = text.find_first_of(std::string_view("\0\x1b\r\x7f", 4)) == std::string::npos && !first_invalid_utf8(text);
      if (!clean) complaints.emplace_back("control characters or invalid UTF-8 reach the output");
    }
  }
  return located("fixtures/hostile/" + path.filename().string(), complaints);
}

TEST_CASE("1: ids, paths and fixture folders agree") {
  require_none(check_order(all_rules()));
  require_none(check_orphans(fixtures, fixture_paths()));
  each_rule([](const RuleTrials& rule) { return check_identity(*rule.entry, rule.folder); });
}

TEST_CASE("2 and 3: bad cases report exactly what they say, good ones nothing") {
  each_case(any, [](const RuleTrials& rule, const Trial& trial) { return located(trial.fixture.place, check_case(rule.info(), trial)); });
}

TEST_CASE("3: every alias occurs in some fixture") {
  each_rule([](const RuleTrials& rule) { return check_aliases(rule.info(), rule.trials); });
}

TEST_CASE("4: a rule reads what it declares") {
  each_rule([](const RuleTrials& rule) { return check_reads(rule.rule(), rule.trials); });
}

TEST_CASE("5: every place can be shown") {
  each_case(any, [](const RuleTrials&, const Trial& trial) { return each_finding(trial, check_spans); });
  each_estate([](const Trial& trial) { return each_finding(trial, check_spans); });
}

TEST_CASE("6: every text keeps the form") {
  const auto check = [](const Diagnostic& finding, const Sources&) { return check_texts(finding); };
  each_rule([](const RuleTrials& rule) { return check_info(rule.info()); });
  each_case(any, [&](const RuleTrials&, const Trial& trial) { return each_finding(trial, check); });
  each_estate([&](const Trial& trial) { return each_finding(trial, check); });
}

TEST_CASE("7: a fix mends its finding and nothing else") {
  each_case(any, [](const RuleTrials& rule, const Trial& trial) { return check_each_fix(lint_texts, trial, rule.info()); });
}

TEST_CASE("7: bad cases with their fixes equal the fixed ones") {
  each_rule([](const RuleTrials& rule) { return check_fixed_cases(lint_texts, rule.trials); });
}

TEST_CASE("7: the fix policy tells the truth") {
  each_rule([](const RuleTrials& rule) { return check_policy(rule.info(), rule.trials); });
}

TEST_CASE("8: the layout of documents and files does not matter") {
  each_case(is_bad_or_good, [](const RuleTrials&, const Trial& trial) { return check_rearranged(lint_texts, trial); });
  each_estate([](const Trial& trial) { return check_rearranged(lint_texts, trial); });
}

TEST_CASE("9: comment lines, CRLF and byte order marks only move findings") {
  each_case(is_bad_or_good, [](const RuleTrials&, const Trial& trial) { return check_moved(lint_texts, trial); });
  each_estate([](const Trial& trial) { return check_moved(lint_texts, trial); });
}

TEST_CASE("10: a file cut at any line breaks nothing") {
  each_case(is_bad_or_good, [](const RuleTrials& rule, const Trial& trial) {
    cut_everywhere(lint_texts, trial, rule.info());
    return Complaints{};
  });
}

TEST_CASE("11: a suppression silences what it stands above") {
  each_case(is_bad, [](const RuleTrials& rule, const Trial& trial) { return check_silenced(lint_texts, trial, rule.info()); });
}

TEST_CASE("11: a suppression of nothing is reported") {
  each_case(is_good, [](const RuleTrials& rule, const Trial& trial) { return check_unused(lint_texts, trial, rule.info()); });
}

TEST_CASE("12: estates report exactly what they say") {
  each_estate([](const Trial& trial) { return located(trial.fixture.place, check_exact(trial)); });
}

TEST_CASE("hostile input breaks nothing") {
  Complaints complaints;
  if (fs::is_directory(fixtures / "hostile")) {
    for (const auto& entry : fs::directory_iterator(fixtures / "hostile")) append(complaints, try_hostile(entry.path()));
  }
  require_none(complaints);
}

}  // namespace
}  // namespace hop
