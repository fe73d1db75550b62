// A document that does not parse says so, and no other lights up for it: what is left of it says that its object exists, and no more.

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "rule/table.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/check_cases.h"
#include "support/complaints.h"
#include "support/watch.h"
#include "text/format.h"

namespace hop {
namespace {

namespace fs = std::filesystem;

/// Lines that may be spoilt: not those that say what the document is.
std::vector<std::size_t> lines_of(std::string_view document) {
  std::vector<std::size_t> lines;
  for (std::size_t at = 0; at < document.size();) {
    const std::string_view line = document.substr(at, document.find('\n', at) - at);
    const std::size_t text = line.find_first_not_of(' ');
    const bool says = line.starts_with("apiVersion:") || line.starts_with("kind:");
    if (text != std::string_view::npos && line[text] != '#' && !says && !line.starts_with("---")) lines.push_back(at);
    at += line.size() + 1;
  }
  return lines;
}

/// The text with one line of a document made one that cannot be read.
std::string spoil(std::string text, const yaml::Chunk& chunk, std::size_t number) {
  const std::vector<std::size_t> lines = lines_of(std::string_view(text).substr(chunk.begin, chunk.end - chunk.begin));
  if (lines.empty()) return {};
  const std::size_t begin = chunk.begin + lines[number % lines.size()];
  const std::size_t word = text.find_first_not_of(' ', begin);
  return text.replace(word, text.find('\n', word) - word, "@");
}

std::atomic<std::size_t> spoilt{0}, alarms{0};

bool is_syntax(const Diagnostic& finding) { return finding.rule->id == "yaml-syntax"; }

bool is_alarm(const Diagnostic& finding) {
  return !finding.suppressed && finding.severity != Severity::info && family(*finding.rule) != "yaml" &&
         family(*finding.rule) != "suppression";
}

/// What is told of others, and the text that it is told of.
Complaints spoil_each_document(const Trial& trial) {
  Complaints complaints;
  std::size_t seed = trial.fixture.place.size();
  for (const ReadFile& file : trial.run.input->files) {
    for (const ReadDocument& document : file.documents) {
      if (document.is != DocumentClass::resource || !file.path.ends_with(".yaml")) continue;
      FileTexts files = trial.fixture.files;
      std::string& text = files.at(std::string(file.path));
      text = spoil(text, document.chunk, ++seed);
      if (text.empty()) continue;
      const LintRun run = lint_texts(files, trial.settings);
      if (std::none_of(run.findings.begin(), run.findings.end(), is_syntax)) continue;  // in a block scalar anything may stand
      ++spoilt;
      if (std::any_of(run.findings.begin(), run.findings.end(), is_alarm)) {
        ++alarms;
        for (const Diagnostic& finding : run.findings) {
          if (is_alarm(finding)) complaints.push_back(format("{}: {}\n{}", finding.rule->id, finding.message, text));
        }
      }
    }
  }
  return located(trial.fixture.place, complaints);
}

TEST_CASE("one broken document lights up no other") {
  const auto rules = all_rules();
  const Complaints told = gather(rules.size() / 2, [&](std::size_t half) {
    const std::size_t number = 2 * half;  // every other rule's: that is enough, and takes half the time
    const RuleInfo& rule = rules[number].rule->info;
    const std::string path = fixture_path(rules[number].path_id);
    Complaints complaints;
    for (const Case& fixture : load_fixtures(fs::path(HOPLINT_SOURCE_DIR) / "fixtures" / path, "fixtures/" + path).cases) {
      if (fixture.type != CaseType::good) continue;
      const Watch watch(fixture.place);
      append(complaints, spoil_each_document(try_case(fixture, &rule, lint_texts)));
    }
    return complaints;
  });
  INFO(alarms << " of " << spoilt);
  if (std::getenv("HOPLINT_LIST_BROKEN") != nullptr) {
    for (const std::string& complaint : told) std::cout << complaint << "\n";
  }
  CHECK(spoilt > 500);
  // Not none: a rule may miss what stood in a line that is gone. HOPLINT_LIST_BROKEN=1 prints where. Without what is left, it is one in
  // nine.
  CHECK(alarms * 25 < spoilt);
}

}  // namespace
}  // namespace hop
