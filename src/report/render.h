#pragma once
// Renderers: findings in, text out. Nothing here decides what is a finding, and nothing here knows rules' code.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lint.h"

namespace hop {

struct TextStyle {
  bool colour = false;
  bool unicode = true;  ///< arrows and boxes; ASCII otherwise
  unsigned width = 0;   ///< columns; longer source lines are cut round the caret. 0: no terminal, they are cut at 400
};

/// Everything a renderer may use. `findings` are those to show, in order.
struct RenderInput {
  const LintRun& run;
  std::span<const Diagnostic> findings;
  std::size_t left_out = 0;  ///< findings cut by --max-diagnostics
  /// A file's path from the root of its repository, absolute where it lies outside; where nothing is given the path is that already.
  std::function<std::string(const std::string& path)> in_repository = {};
  /// What this run is about, where several of one commit are uploaded: SARIF's category.
  std::string category = "hoplint";
};

/// Frames as design section 7 shows them, one blank line between findings, and a closing line on what was read and skipped.
std::string render_text(const RenderInput& input, const TextStyle& style);
/// `path:line:column: severity[rule] message`, one line each, and the closing line.
std::string render_concise(const RenderInput& input, const TextStyle& style);
/// The contract of design section 8.
std::string render_json(const RenderInput& input);
/// SARIF 2.1.0, as GitHub's code scanning wants it and within its limits; paths are those in the repository.
std::string render_sarif(const RenderInput& input);
/// The text form, then the findings as workflow commands, which GitHub Actions turns into annotations of the changed lines.
std::string render_github(const RenderInput& input, const TextStyle& style);
/// GitLab's Code Quality report.
std::string render_gitlab(const RenderInput& input);
/// JUnit XML: a test case for each finding; informations pass, what is suppressed is skipped.
std::string render_junit(const RenderInput& input);
/// The findings of render_json, one per line and nothing else.
std::string render_json_lines(const RenderInput& input);
/// A page for people: a job's summary or a comment. Broken chains are drawn with Mermaid.
std::string render_markdown(const RenderInput& input);
/// JSON Schema (draft 2020-12) of render_json's output.
std::string findings_schema();

/// One or two lines with their ends: what was read, what was skipped and why, how many references point outside, how many findings.
std::string closing_line(const RenderInput& input, const TextStyle& style);

/// One way to write findings down: a row of the table of all formats.
struct Format {
  std::string_view name;
  bool shows_suppressed = false;  ///< only people are spared what is suppressed; machines see it marked
  bool shows_baseline = false;    ///< whether findings that a baseline knows are marked rather than left out
  std::string (*render)(const RenderInput& input, const TextStyle& style) = nullptr;
};
std::span<const Format> formats();

/// A rule's page as plain text for the terminal (`explain`), from its one text.
std::string render_rule(const RuleInfo& rule, const TextStyle& style);
/// Markdown table of all rules for the README: id, severity, group, fix, aliases, summary.
std::string render_rule_table(std::span<const RuleInfo* const> rules);
std::string render_rules_json(std::span<const RuleInfo* const> rules);

}  // namespace hop
