// `hoplint check`: lints, renders every format that was asked for, and says how it went in the exit code.

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "cli/commands.h"
#include "cli/fix.h"
#include "cli/output.h"
#include "cli/repository.h"
#include "cli/setup.h"
#include "cli/terminal.h"
#include "engine/affected.h"
#include "engine/baseline.h"
#include "engine/lint.h"
#include "report/render.h"
#include "text/format.h"
#include "text/heap.h"
#include "text/kept_folders.h"
#include "text/words.h"

namespace hop {
namespace {

/// One `--format F[:PATH]`.
struct Target {
  const Format* format = nullptr;
  std::string path;  ///< "" for stdout
};

bool refuse(const std::string& text) {
  complain("hoplint: " + text);
  return false;
}

bool parse_target(std::string_view word, Target& target) {
  const std::size_t colon = word.find(':');
  const std::string_view name = word.substr(0, colon);
  const auto all = formats();
  const auto found = std::ranges::find(all, name, &Format::name);
  if (found == all.end()) {
    std::vector<std::string_view> names;
    for (const Format& format : all) names.push_back(format.name);
    const auto near = nearest(name, names);
    const std::string hint = near ? format("did you mean `{}`?", *near) : format("there are {}", list_words(names, names.size()));
    return refuse(format("--format: unknown format `{}`; {}", name, hint));
  }
  target.format = &*found;
  if (colon != std::string_view::npos) target.path = word.substr(colon + 1);
  return colon == std::string_view::npos || !target.path.empty() || refuse(format("--format: `{}` lacks the path behind the colon", word));
}

bool parse_targets(const std::vector<std::string>& words, std::vector<Target>& targets) {
  for (const std::string& word : words) {
    if (!parse_target(word, targets.emplace_back())) return false;
  }
  if (targets.empty()) parse_target(default_format(), targets.emplace_back());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (targets[i].path != targets[j].path) continue;
      return refuse(format("--format: `{}` and `{}` would go to the same place", targets[j].format->name, targets[i].format->name));
    }
  }
  return true;
}

/// The findings to show, in order, the severe ones first where there are too many.
struct Shown {
  std::vector<Diagnostic> findings;
  std::size_t left_out = 0;
};

Shown choose(const std::vector<Diagnostic>& findings, const Format& format, const CheckOptions& options) {
  const std::optional<std::size_t> most = options.max_diagnostics;
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const bool spared = findings[i].suppressed && (!format.shows_suppressed || options.omit_suppressed);
    const bool in_baseline = findings[i].baseline == BaselineState::unchanged && !format.shows_baseline;
    if (!spared && !in_baseline) chosen.push_back(i);
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

/// What is uploaded of a part must not stand for the whole: a reader would close the alerts of the rest.
std::string category_of(const CheckOptions& options) {
  if (!options.category.empty()) return options.category;
  return options.affected_by.empty() ? "hoplint" : "hoplint-affected";
}

Output render(const Target& target, const LintRun& run, const CheckOptions& options, const Repository& repository) {
  const Shown shown = choose(run.findings, *target.format, options);
  const auto in_repository = [&](const std::string& path) { return repository.path_of(path); };
  const RenderInput input{run, shown.findings, shown.left_out, in_repository, category_of(options)};
  return {target.path, target.format->render(input, target.path.empty() ? stdout_style(options.color) : file_style())};
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

bool counts(const Diagnostic& finding) { return !finding.suppressed && finding.baseline != BaselineState::unchanged; }

int exit_code(const LintRun& run, const CheckOptions& options) {
  const Severity fail_on = parse_severity(options.fail_on).value_or(Severity::warning);
  const bool fails =
      std::ranges::any_of(run.findings, [&](const Diagnostic& finding) { return counts(finding) && finding.severity >= fail_on; });
  return with_exit_zero(fails ? 1 : 0, options);
}

bool write_reports(const LintRun& run, const std::vector<Target>& targets, const CheckOptions& options, const Repository& repository) {
  std::vector<Output> outputs;
  outputs.reserve(targets.size());
  for (const Target& target : targets) outputs.push_back(render(target, run, options, repository));
  const auto failure = write_all(outputs);
  if (failure && !failure->reason.empty()) complain("hoplint: " + failure->reason);
  return !failure;
}

/// What of the run is to be told.
bool narrow(const FileSystem& files, const CheckOptions& options, const Settings& settings, LintRun& run) {
  if (!options.baseline.empty()) {
    const auto baseline = read_baseline(files, options.baseline);
    if (!baseline) return refuse(baseline.reason());
    apply_baseline(*baseline, run);
  }
  if (options.affected_by.empty()) return true;
  std::vector<std::string> paths;
  for (const std::string& list : options.affected_by) {
    for (const std::string_view path : split_list(list, '\n')) paths.emplace_back(path);
  }
  for (const std::string& path : keep_affected(files, paths, settings, run)) {
    complain(format("hoplint: `{}` may have to do with everything; all findings are shown", path));
  }
  return true;
}

/// Until the process ends, which is soon: the system takes its memory back at once, we would a million pieces one by one.
LintRun& keep(LintRun run) {
  static LintRun* const kept = new LintRun(std::move(run));
  return *kept;
}

int report(const FileSystem& files, const Setup& setup, const std::vector<Target>& targets, const CheckOptions& options, LintRun& run) {
  if (!narrow(files, options, setup.settings, run)) return 2;
  if (!write_reports(run, targets, options, Repository(files))) return 2;
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
  const FixWish wish{options.unsafe_fixes ? Safety::unsafe : Safety::safe};
  if (options.diff) return with_exit_zero(print_fixes(*files, *setup, wish), options);
  if (options.fix) {
    auto rest = fix_on_disk(*files, *setup, wish);
    return rest ? report(*files, *setup, targets, options, *rest) : 2;
  }
  prepare_heap();
  raise_file_limit();
  LintRun& run = keep(lint(*files, setup->inputs, setup->settings));
  for (const std::string& failure : run.failures) complain("hoplint: " + failure);
  return run.failures.empty() ? report(*files, *setup, targets, options, run) : 2;
}

}  // namespace hop
