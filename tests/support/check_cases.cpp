#include "support/check_cases.h"

#include <algorithm>

#include "text/format.h"

namespace hop {
namespace {

namespace fs = std::filesystem;

bool is_free_folder(const fs::path& folder) { return folder.filename() == "estates" || folder.filename() == "hostile"; }

bool has_case(const FixtureFolder& folder, CaseType type) {
  return std::any_of(folder.cases.begin(), folder.cases.end(),
                     [&](const Case& fixture) { return fixture.type == type && fixture.suffix.empty(); });
}

Complaints check_run(const Trial& trial) {
  Complaints complaints;
  for (const std::string& failure : trial.run.failures) complaints.push_back("could not be read: " + failure);
  return complaints;
}

Complaints check_good(const RuleInfo& rule, const Trial& trial) {
  Complaints complaints = match(trial.fixture.expected, trial.run.findings, trial.run.input->sources, Unexpected::passed_over);
  for (const Diagnostic& finding : trial.run.findings) {
    if (finding.suppressed || (finding.rule->id != rule.id && finding.severity == Severity::info)) continue;
    complaints.push_back("is not good: " + describe(finding, trial.run.input->sources));
  }
  return complaints;
}

Complaints check_bad(const RuleInfo& rule, const Trial& trial) {
  Complaints complaints = check_exact(trial);
  const auto& findings = trial.run.findings;
  const bool found =
      std::any_of(findings.begin(), findings.end(), [&](const Diagnostic& one) { return one.rule->id == rule.id && !one.suppressed; });
  if (!found) complaints.push_back("is not bad: no finding of this rule");
  return complaints;
}

}  // namespace

std::string fixture_path(std::string_view rule_id) {
  std::string path(rule_id);
  std::replace(path.begin(), path.end(), '-', '_');
  if (const std::size_t dash = path.find('_'); dash != std::string::npos) path[dash] = '/';
  return path;
}

Complaints check_identity(const RuleEntry& entry, const FixtureFolder& folder) {
  const Rule& rule = *entry.rule;
  Complaints complaints = folder.mistakes;
  if (rule.info.id != entry.path_id) complaints.push_back(format("the id is `{}`, the path stands for `{}`", rule.info.id, entry.path_id));
  const int checks = (rule.check != nullptr ? 1 : 0) + (rule.check_one != nullptr ? 1 : 0) + (rule.check_each != nullptr ? 1 : 0);
  if (checks != 1) complaints.emplace_back("has not exactly one of check, check_one and check_each");
  if ((rule.check_each == nullptr) != rule.each.empty()) complaints.emplace_back("`each` and `check_each` do not go together");
  if (rule.reads.empty()) complaints.emplace_back("`reads` is empty");
  if (!has_case(folder, CaseType::bad)) complaints.push_back(format("there is no fixtures/{}/bad.yaml", fixture_path(rule.info.id)));
  if (!has_case(folder, CaseType::good)) complaints.push_back(format("there is no fixtures/{}/good.yaml", fixture_path(rule.info.id)));
  return complaints;
}

Complaints check_order(std::span<const RuleEntry> entries) {
  Complaints complaints;
  for (std::size_t i = 1; i < entries.size(); ++i) {
    if (entries[i - 1].rule->info.id >= entries[i].rule->info.id) {
      complaints.push_back(format("`{}` does not come behind `{}`", entries[i].rule->info.id, entries[i - 1].rule->info.id));
    }
  }
  return complaints;
}

Complaints check_orphans(const fs::path& fixtures, const std::set<std::string>& wanted) {
  Complaints complaints;
  if (!fs::is_directory(fixtures)) return {"there is no folder " + fixtures.string()};
  for (auto entry = fs::recursive_directory_iterator(fixtures); entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry.depth() == 0 && entry->is_directory()) {
      if (is_free_folder(entry->path())) entry.disable_recursion_pending();
      continue;
    }
    const std::string path = fs::relative(entry->path(), fixtures).generic_string();
    if (!entry->is_directory() || !wanted.contains(path)) complaints.push_back(format("fixtures/{} belongs to no rule", path));
    if (entry->is_directory()) entry.disable_recursion_pending();
  }
  std::sort(complaints.begin(), complaints.end());
  return complaints;
}

Complaints check_exact(const Trial& trial) {
  Complaints complaints = check_run(trial);
  append(complaints, match(trial.fixture.expected, trial.run.findings, trial.run.input->sources));
  return complaints;
}

Complaints check_case(const RuleInfo& rule, const Trial& trial) {
  if (trial.fixture.type == CaseType::bad) return check_bad(rule, trial);
  Complaints complaints = check_run(trial);
  append(complaints, check_good(rule, trial));
  return complaints;
}

Complaints check_aliases(const RuleInfo& rule, const std::vector<Trial>& trials) {
  std::set<std::string> expected;
  for (const Trial& trial : trials) {
    for (const ExpectedFinding& finding : trial.fixture.expected.findings) {
      if (finding.rule == rule.id && finding.aliases) expected.insert(finding.aliases->begin(), finding.aliases->end());
    }
  }
  Complaints complaints;
  for (const std::string_view alias : rule.aliases) {
    if (!expected.contains(std::string(alias))) {
      complaints.push_back(format("no fixture expects `#~ … {}[{}]`", rule.id, alias));
    }
  }
  return complaints;
}

}  // namespace hop
