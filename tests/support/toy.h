#pragma once
// A linter of a few lines, to show the checkers rules that are wrong on purpose. Knows nothing of YAML.

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/case.h"

namespace hop {

inline constexpr RuleInfo toy_rule{.id = "toy-rule",
                                   .summary = "something is bad",
                                   .docs = "Looks for the word.",
                                   .effect = "it stays bad",
                                   .source = "tests",
                                   .severity = Severity::error,
                                   .aliases = {"IST0001", "KIA0002"}};

/// A finding of the toy rule at these bytes.
inline Diagnostic toy_finding(FileId file, std::size_t begin, std::size_t end, std::string message = "this is bad") {
  Diagnostic finding;
  finding.rule = &toy_rule;
  finding.severity = Severity::error;
  finding.where = {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  finding.message = std::move(message);
  finding.effect = toy_rule.effect;
  return finding;
}

/// Sees one file at a time, in path order; `findings` holds those of the files before.
using ToyJudge = std::function<void(const File& file, FileId id, std::vector<Diagnostic>& findings)>;

inline Linter toy_linter(ToyJudge judge) {
  return [judge = std::move(judge)](const FileTexts& files, const Settings&) {
    LintRun run;
    run.input = std::make_unique<Input>();
    for (const auto& stored : files) {
      const FileId id = run.input->sources.add(file_of(stored));
      judge(run.input->sources[id], id, run.findings);
    }
    return run;
  };
}

/// Calls `report` with the place of every `word` in the file.
inline void each_word(const File& file, std::string_view word, const std::function<void(std::size_t)>& report) {
  for (std::size_t at = file.text().find(word); at != std::string_view::npos; at = file.text().find(word, at + 1)) report(at);
}

/// Reports every "wrong", as it should.
inline void judge_words(const File& file, FileId id, std::vector<Diagnostic>& findings) {
  each_word(file, "wrong", [&](std::size_t at) { findings.push_back(toy_finding(id, at, at + 5)); });
}

/// A case of one file, "case/bad.yaml", tried with this linter.
inline Trial toy_trial(std::string text, const Linter& linter, CaseType type = CaseType::bad) {
  Case fixture{"toy", "", type, false, {{"case/bad.yaml", std::move(text)}}, {}};
  read_expectations(*file_of(*fixture.files.begin()), fixture.expected);
  return try_case(std::move(fixture), &toy_rule, linter);
}

}  // namespace hop
