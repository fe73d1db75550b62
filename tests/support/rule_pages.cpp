#include "support/rule_pages.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "engine/select.h"
#include "report/render.h"
#include "report/rule_page.h"
#include "rule/table.h"
#include "support/case.h"
#include "support/check_cases.h"
#include "text/format.h"

namespace hop {
namespace {

std::string name_in_case(const std::string& path) { return path.substr(case_root.size() + 1); }

/// The options that stand for what a fixture says about its world.
std::string command_for(const RuleInfo& rule, const Case& fixture) {
  const CaseHeader& header = fixture.expected.header;
  std::string command = format("hoplint check --select {}", rule.id);
  if (header.complete) command += " --complete";
  std::string namespaces;
  for (const std::string& ns : header.complete_namespaces) namespaces += (namespaces.empty() ? "" : ",") + ns;
  if (!namespaces.empty()) command += " --complete=" + namespaces;
  for (const std::string& known : header.known) command += format(" --known '{}'", known);
  return command + " .";
}

/// What the command prints.
std::string output_of(const RuleInfo& rule, const Case& fixture, const FileTexts& files) {
  Complaints mistakes;
  const LintRun run = lint(MemoryFiles(files), {{".", std::nullopt}}, only(settings_of(fixture, &rule, mistakes), rule));
  std::vector<Diagnostic> shown;
  std::copy_if(run.findings.begin(), run.findings.end(), std::back_inserter(shown),
               [](const Diagnostic& finding) { return !finding.suppressed; });
  return render_text({run, shown, 0}, {});
}

void add_example(const RuleInfo& rule, const Case& fixture, std::string_view title, std::vector<RuleExample>& examples) {
  FileTexts files;
  for (const auto& [path, bytes] : fixture.files) files[name_in_case(path)] = without_expectations(bytes);
  const std::string command = command_for(rule, fixture);
  for (const auto& [path, text] : files) {
    examples.push_back({files.size() == 1 ? std::string(title) : format("{}: {}", title, path), command, text, ""});
  }
  if (!examples.empty()) examples.back().output = output_of(rule, fixture, files);
}

/// The first of a type, which is the plain one where there is one; nullptr if there is none.
const Case* first_of(const FixtureFolder& folder, CaseType type) {
  const auto found = std::find_if(folder.cases.begin(), folder.cases.end(), [&](const Case& fixture) { return fixture.type == type; });
  return found == folder.cases.end() ? nullptr : &*found;
}

/// The same manifests repaired say more than others that are right.
std::vector<RuleExample> examples_of(const RuleInfo& rule) {
  const std::string path = fixture_path(rule.id);
  const FixtureFolder folder = load_fixtures(std::filesystem::path(HOPLINT_SOURCE_DIR) / "fixtures" / path, path);
  std::vector<RuleExample> examples;
  if (const Case* const bad = first_of(folder, CaseType::bad)) add_example(rule, *bad, "Example", examples);
  for (const CaseType type : {CaseType::fixed, CaseType::fixed_unsafe, CaseType::good}) {
    const Case* const found = first_of(folder, type);
    if (found == nullptr) continue;
    add_example(rule, *found, "As it should be", examples);
    break;
  }
  return examples;
}

}  // namespace

std::map<std::string, std::string> rule_pages() {
  std::map<std::string, std::string> pages;
  std::string index = "# Rules\n\nOne page each, written by `./dev docs` from the rule's text and its fixtures.\n\n";
  for (const RuleInfo* const rule : every_rule()) {
    pages[format("{}.md", rule->id)] = render_rule_page(*rule, examples_of(*rule));
    index += format("- [`{0}`]({0}.md): {1}\n", rule->id, rule->summary);
  }
  pages["README.md"] = index;
  return pages;
}

}  // namespace hop
