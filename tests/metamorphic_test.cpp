// Manifests that mean the same have the same findings: typed otherwise, beside strangers, with other names. That the order of documents and
// files, JSON, line ends and comment lines do not matter is asked in rules_test (8 and 9), of every case.

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "report/render.h"
#include "rule/table.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/check_cases.h"
#include "support/check_variants.h"
#include "support/complaints.h"
#include "support/renaming.h"
#include "support/require_none.h"
#include "support/watch.h"
#include "text/format.h"

namespace hop {
namespace {

namespace fs = std::filesystem;

const fs::path fixtures = fs::path(HOPLINT_SOURCE_DIR) / "fixtures";

using Check = Complaints (*)(const Trial&, const RuleInfo*);

void each_estate(Check check) {
  const std::vector<Case> estates = load_estates(fixtures / "estates", "fixtures/estates");
  REQUIRE_FALSE(estates.empty());
  require_none(gather(estates.size(), [&](std::size_t number) {
    const Watch watch(estates[number].place);
    return check(try_case(estates[number], nullptr, lint_texts), nullptr);
  }));
}

void each_case(Check check) {
  const auto rules = all_rules();
  require_none(gather(rules.size(), [&](std::size_t number) {
    const RuleInfo& rule = rules[number].rule->info;
    const std::string path = fixture_path(rules[number].path_id);
    Complaints complaints;
    for (const Case& fixture : load_fixtures(fixtures / path, "fixtures/" + path).cases) {
      const Watch watch(fixture.place);
      append(complaints, check(try_case(fixture, &rule, lint_texts), &rule));
    }
    return complaints;
  }));
}

Complaints rewrite(const Trial& trial, const RuleInfo*) { return check_rewritten(lint_texts, trial); }
Complaints rename(const Trial& trial, const RuleInfo* rule) { return check_renamed(lint_texts, trial, rule); }

/// With all that a report holds, in its order.
Complaints share_out_otherwise(const Trial& trial, const RuleInfo*) {
  Complaints complaints;
  const std::string before = render_json({trial.run, trial.run.findings, 0});
  for (const unsigned jobs : {2U, 8U}) {
    Settings settings = trial.settings;
    settings.jobs = jobs;
    const LintRun now = lint_texts(trial.fixture.files, settings);
    if (render_json({now, now.findings, 0}) != before) complaints.push_back(format("{} threads report otherwise than one", jobs));
  }
  return located(trial.fixture.place, complaints);
}

Complaints rename_estate(const Trial& trial, const RuleInfo*) {
  if (Renaming(trial.fixture).empty()) return {trial.fixture.place + ": there is nothing to rename"};
  return check_renamed(lint_texts, trial, nullptr);
}

TEST_CASE("estates read and judged by many threads") { each_estate(share_out_otherwise); }
TEST_CASE("estates typed otherwise, and beside strangers") { each_estate(rewrite); }
TEST_CASE("cases typed otherwise, and beside strangers") { each_case(rewrite); }
TEST_CASE("estates with other names") { each_estate(rename_estate); }
TEST_CASE("cases with other names") { each_case(rename); }

}  // namespace
}  // namespace hop
