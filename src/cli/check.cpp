// `hoplint check`: lints, renders every format that was asked for, and says how it went in the exit code.

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "cli/commands.h"
#include "cli/fix.h"
#include "cli/narrow.h"
#include "cli/output.h"
#include "cli/roots.h"
#include "cli/setup.h"
#include "cli/terminal.h"
#include "engine/affected.h"
#include "engine/lint.h"
#include "engine/paths.h"
#include "engine/repository.h"
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
  if (colon == std::string_view::npos) return true;
  target.path = word.substr(colon + 1);
  if (target.path == "-") return target.path.clear(), true;  // stdout
  return !target.path.empty() || refuse(format("--format: `{}` lacks the path behind the colon", word));
}

/// The same for all names of one file, also of one that is not there yet.
std::string address_of(const FileSystem& files, const std::string& path) {
  if (path.empty() || files.type(path) != FileType::missing) return files.canonical(path);
  return child_path(files.canonical(std::string(parent_path(path))), file_name(path));
}

bool parse_targets(const FileSystem& files, const std::vector<std::string>& words, std::vector<Target>& targets) {
  for (const std::string& word : words) {
    if (!parse_target(word, targets.emplace_back())) return false;
  }
  if (targets.empty()) parse_target(default_format(), targets.emplace_back());
  std::map<std::string, std::string_view> taken;
  for (const Target& target : targets) {
    const auto [before, is_free] = taken.emplace(target.path.empty() ? "" : address_of(files, target.path), target.format->name);
    if (is_free) continue;
    return refuse(format("--format: `{}` and `{}` would go to the same place", before->second, target.format->name));
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

int exit_code(const LintRun& run, const CheckOptions& options) {
  const Severity fail_on = parse_severity(options.fail_on).value_or(Severity::warning);
  const bool fails =
      std::ranges::any_of(run.findings, [&](const Diagnostic& finding) { return is_open(finding) && finding.severity >= fail_on; });
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

/// Until the process ends, which is soon: the system takes its memory back at once, we would a million pieces one by one.
LintRun& keep(LintRun run) {
  static LintRun* const kept = new LintRun(std::move(run));
  return *kept;
}

int report(const FileSystem& files, const std::vector<Target>& targets, const CheckOptions& options, const Narrowing& narrowing,
           LintRun& run) {
  drop_aside(run);
  if (!write_reports(run, targets, options, Repository(files))) return 2;
  narrowing.tell();
  if (options.statistics) print_statistics(run);
  return exit_code(run, options);
}

}  // namespace

int run_command(const CheckOptions& options) {
  const auto files = disk_files();
  std::vector<Target> targets;
  if (!parse_targets(*files, options.formats, targets) || !is_consistent(options)) return 2;
  const auto setup = set_up(*files, options.input);
  auto narrowing = setup ? Narrowing::of(*files, options) : std::nullopt;
  if (!narrowing) return 2;
  Roots roots(*setup, options.input);
  const LintAgain lint_all = [&](const FileSystem& others) {
    LintRun run = roots.lint(others, [&](const Settings& settings, LintRun& root) { narrowing->narrow_root(others, settings, root); });
    narrowing->narrow_all(run);
    return run;
  };
  const FixWish wish{options.unsafe_fixes ? Safety::unsafe : Safety::safe, lint_all};
  if (options.diff) {
    const int code = print_fixes(*files, setup->inputs, wish);
    narrowing->tell();
    return with_exit_zero(code, options);
  }
  if (options.fix) {
    auto rest = fix_on_disk(*files, setup->inputs, wish);
    return rest ? report(*files, targets, options, *narrowing, *rest) : 2;
  }
  prepare_heap();
  raise_file_limit();
  LintRun& run = keep(lint_all(*files));
  for (const std::string& failure : run.failures) complain("hoplint: " + failure);
  return run.failures.empty() ? report(*files, targets, options, *narrowing, run) : 2;
}

}  // namespace hop
