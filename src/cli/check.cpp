// `hoplint check`: lints, renders every format that was asked for, and says how it went in the exit code.

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "cli/commands.h"
#include "cli/fix.h"
#include "cli/output.h"
#include "cli/setup.h"
#include "cli/terminal.h"
#include "engine/lint.h"
#include "report/render.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

/// One `--format F[:PATH]`.
struct Target {
  std::string_view format;
  std::string path;  ///< "" for stdout
};

bool refuse(const std::string& text) {
  complain("hoplint: " + text);
  return false;
}

bool parse_target(std::string_view word, Target& target) {
  static constexpr std::array<std::string_view, 3> formats = {"text", "concise", "json"};
  const std::size_t colon = word.find(':');
  target.format = word.substr(0, colon);
  if (std::ranges::find(formats, target.format) == formats.end()) {
    const auto near = nearest(target.format, formats);
    const std::string hint = near ? format("did you mean `{}`?", *near) : format("there are {}", list_words(formats));
    return refuse(format("--format: unknown format `{}`; {}", target.format, hint));
  }
  if (colon != std::string_view::npos) target.path = word.substr(colon + 1);
  return colon == std::string_view::npos || !target.path.empty() || refuse(format("--format: `{}` lacks the path behind the colon", word));
}

bool parse_targets(const std::vector<std::string>& words, std::vector<Target>& targets) {
  for (const std::string& word : words) {
    if (!parse_target(word, targets.emplace_back())) return false;
  }
  if (targets.empty()) targets.push_back({"text", ""});
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (targets[i].path != targets[j].path) continue;
      return refuse(format("--format: `{}` and `{}` would go to the same place", targets[j].format, targets[i].format));
    }
  }
  return true;
}

/// The findings to show, in order, the severe ones first where there are too many.
struct Shown {
  std::vector<Diagnostic> findings;
  std::size_t left_out = 0;
};

Shown choose(const std::vector<Diagnostic>& findings, bool with_suppressed, std::optional<std::size_t> most) {
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (with_suppressed || !findings[i].suppressed) chosen.push_back(i);
  }
  Shown shown;
  if (most && *most < chosen.size()) {
    shown.left_out = chosen.size() - *most;
    const auto rank = [&](std::size_t i) { return std::pair(findings[i].suppressed, -static_cast<int>(findings[i].severity)); };
    std::stable_sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    chosen.resize(*most);
    std::sort(chosen.begin(), chosen.end());
  }
  for (const std::size_t i : chosen) shown.findings.push_back(findings[i]);
  return shown;
}

/// Only people are spared what is suppressed; machines see it marked.
Output render(const Target& target, const LintRun& run, const CheckOptions& options) {
  const Shown shown = choose(run.findings, target.format == "json", options.max_diagnostics);
  const RenderInput input{run, shown.findings, shown.left_out};
  if (target.format == "json") return {target.path, render_json(input)};
  const TextStyle style = target.path.empty() ? stdout_style(options.color) : file_style();
  return {target.path, target.format == "concise" ? render_concise(input, style) : render_text(input, style)};
}

void print_statistics(const LintRun& run) {
  std::map<std::string_view, std::size_t> per_rule;
  for (const Diagnostic& finding : run.findings) ++per_rule[finding.rule->id];
  for (const auto& [rule, count] : per_rule) complain(format("{:>8}  {}", count, rule));
  for (const auto& [stage, milliseconds] : run.timing.stages) complain(format("{:>8.1f}  ms {}", milliseconds, stage));
}

bool is_consistent(const CheckOptions& options) {
  return !options.unsafe_fixes || options.fix || options.diff || refuse("--unsafe-fixes needs --fix or --diff");
}

int with_exit_zero(int code, const CheckOptions& options) { return code == 1 && options.exit_zero ? 0 : code; }

int exit_code(const LintRun& run, const CheckOptions& options) {
  const Severity fail_on = parse_severity(options.fail_on).value_or(Severity::warning);
  const bool fails =
      std::ranges::any_of(run.findings, [&](const Diagnostic& finding) { return !finding.suppressed && finding.severity >= fail_on; });
  return with_exit_zero(fails ? 1 : 0, options);
}

int report(const LintRun& run, const std::vector<Target>& targets, const CheckOptions& options) {
  std::vector<Output> outputs;
  outputs.reserve(targets.size());
  for (const Target& target : targets) outputs.push_back(render(target, run, options));
  if (const auto failure = write_all(outputs)) {
    if (!failure->reason.empty()) complain("hoplint: " + failure->reason);
    return 2;
  }
  for (const std::string& root : run.other_roots) complain(format("hoplint: `{}` has a .hoplint.yaml of its own and was left out", root));
  if (options.statistics) print_statistics(run);
  return exit_code(run, options);
}

}  // namespace

int run_command(const CheckOptions& options) {
  std::vector<Target> targets;
  if (!parse_targets(options.formats, targets) || !is_consistent(options)) return 2;
  const auto files = disk_files();
  const auto setup = set_up(*files, options.input);
  if (!setup) return 2;
  const Safety most = options.unsafe_fixes ? Safety::unsafe : Safety::safe;
  if (options.diff) return with_exit_zero(print_fixes(*files, *setup, most), options);
  if (options.fix) {
    const auto rest = fix_on_disk(*files, *setup, most);
    return rest ? report(*rest, targets, options) : 2;
  }
  const LintRun run = lint(*files, setup->inputs, setup->settings);
  for (const std::string& failure : run.failures) complain("hoplint: " + failure);
  return run.failures.empty() ? report(run, targets, options) : 2;
}

}  // namespace hop
