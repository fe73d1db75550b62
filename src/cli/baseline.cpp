// `hoplint baseline`: writes down what is found now, and compares with it.

#include "engine/baseline.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/roots.h"
#include "cli/setup.h"
#include "cli/terminal.h"
#include "engine/repository.h"
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

/// What the inputs are called wherever the program is started.
std::vector<std::string> paths_of(const FileSystem& files, const Setup& setup) {
  const Repository repository = repository_of(files, setup.inputs, setup.settings);
  std::vector<std::string> paths;
  for (const InputPath& input : setup.inputs) paths.push_back(repository.path_of(input.path));
  return paths;
}

int write(const std::string& path, const Baseline& baseline) {
  const Output output{path, baseline_yaml(baseline)};
  if (const auto failure = write_all(std::span(&output, 1))) return refuse(failure->reason);
  complain(format("hoplint: {} in `{}`", counted(baseline.findings.size(), "finding is", "findings are"), path));
  return 0;
}

int check(const FileSystem& files, const BaselineOptions& options, const Setup& setup, const Roots& roots, LintRun& run) {
  const auto baseline = read_baseline(files, options.path);
  if (!baseline) return refuse(baseline.reason());
  apply_baseline(*baseline, run);
  std::vector<Diagnostic> fresh;
  std::ranges::copy_if(run.findings, std::back_inserter(fresh), is_open);
  if (print(render_text({run, fresh, 0}, stdout_style(options.color))) != 0) return 2;
  const std::vector<BaselineEntry> gone = no_longer_found(*baseline, run, paths_of(files, setup), roots.settings());
  for (const BaselineEntry& entry : gone) complain(format("hoplint: no longer found: {} {}: {}", entry.rule, entry.object, entry.message));
  if (!gone.empty()) complain(format("hoplint: take {} out: hoplint baseline update", counted(gone.size(), "entry", "entries")));
  const bool fails = std::ranges::any_of(fresh, [](const Diagnostic& finding) { return finding.severity >= Severity::warning; });
  return fails || !gone.empty() ? 1 : 0;
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
  Roots roots(*setup, options.input);
  LintRun run = roots.lint(*files);
  for (const std::string& failure : run.failures) complain("hoplint: " + failure);
  if (!run.failures.empty()) return 2;
  return options.action == Action::check ? check(*files, options, *setup, roots, run)
                                         : write(options.path, baseline_of(run, paths_of(*files, *setup)));
}

}  // namespace hop
