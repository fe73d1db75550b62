// `hoplint baseline`: writes down what is found now, and compares with it.

#include "engine/baseline.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/setup.h"
#include "cli/terminal.h"
#include "engine/yaml_writer.h"
#include "report/render.h"
#include "report/wording.h"
#include "text/format.h"

namespace hop {
namespace {

int refuse(const std::string& text) {
  complain("hoplint: " + text);
  return 2;
}

int write(const std::string& path, const LintRun& run) {
  const Baseline baseline = baseline_of(run);
  const Output output{path, baseline_yaml(baseline)};
  if (const auto failure = write_all(std::span(&output, 1))) return refuse(failure->reason);
  complain(format("hoplint: {} in `{}`", counted(baseline.size(), "finding is", "findings are"), path));
  return 0;
}

int check(const FileSystem& files, const BaselineOptions& options, LintRun& run) {
  const auto baseline = read_baseline(files, options.path);
  if (!baseline) return refuse(baseline.reason());
  const Baseline stale = apply_baseline(*baseline, run);
  std::vector<Diagnostic> fresh;
  std::ranges::copy_if(run.findings, std::back_inserter(fresh),
                       [](const Diagnostic& finding) { return !finding.suppressed && finding.baseline == BaselineState::fresh; });
  if (print(render_text({run, fresh, 0}, stdout_style(options.color))) != 0) return 2;
  for (const BaselineEntry& entry : stale) complain(format("hoplint: no longer found: {} {}: {}", entry.rule, entry.object, entry.message));
  if (!stale.empty()) complain(format("hoplint: take {} out: hoplint baseline update", counted(stale.size(), "entry", "entries")));
  const bool fails = std::ranges::any_of(fresh, [](const Diagnostic& finding) { return finding.severity >= Severity::warning; });
  return fails || !stale.empty() ? 1 : 0;
}

}  // namespace

int run_command(const BaselineOptions& options) {
  using Action = BaselineOptions::Action;
  const auto files = disk_files();
  const bool there = files->type(options.path) != FileType::missing;
  if (options.action == Action::create && there) return refuse(format("`{}` is there already: hoplint baseline update", options.path));
  if (options.action == Action::update && !there) return refuse(format("`{}` is not there: hoplint baseline create", options.path));
  const auto setup = set_up(*files, options.input);
  if (!setup) return 2;
  LintRun run = lint(*files, setup->inputs, setup->settings);
  for (const std::string& failure : run.failures) complain("hoplint: " + failure);
  if (!run.failures.empty()) return 2;
  return options.action == Action::check ? check(*files, options, run) : write(options.path, run);
}

}  // namespace hop
