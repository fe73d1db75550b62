#pragma once
// Renderers: findings in, text out. Nothing here decides what is a finding, and nothing here knows rules' code.

#include <cstdint>
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
};

/// Frames as design section 7 shows them, one blank line between findings, and a closing line on what was read and skipped.
std::string render_text(const RenderInput& input, const TextStyle& style);
/// `path:line:column: severity[rule] message`, one line each, and the closing line.
std::string render_concise(const RenderInput& input, const TextStyle& style);
/// The contract of design section 8.
std::string render_json(const RenderInput& input);
/// JSON Schema (draft 2020-12) of render_json's output.
std::string_view findings_schema();

/// One or two lines with their ends: what was read, what was skipped and why, how many references point outside, how many findings.
std::string closing_line(const RenderInput& input, const TextStyle& style);

/// A rule's page as plain text for the terminal (`explain`), from its one text.
std::string render_rule(const RuleInfo& rule, const TextStyle& style);
/// Markdown table of all rules for the README: id, severity, group, fix, aliases, summary.
std::string render_rule_table(std::span<const RuleInfo* const> rules);
std::string render_rules_json(std::span<const RuleInfo* const> rules);

}  // namespace hop
