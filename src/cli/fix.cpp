#include "cli/fix.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "cli/output.h"
#include "cli/patch_files.h"
#include "cli/terminal.h"
#include "engine/fix.h"
#include "engine/write_file.h"
#include "report/wording.h"
#include "text/format.h"

namespace hop {
namespace {

void tell(const std::string& text) { complain("hoplint: " + text); }

/// Nothing if an input cannot be read: what is missing might change what is right.
std::optional<FixRun> run_fixes(const FileSystem& files, const std::vector<InputPath>& inputs, const FixWish& wish) {
  FixOptions options{wish.most, {}};
  for (const InputPath& input : inputs) {
    if (input.content) options.never.push_back(input.path);
  }
  if (!options.never.empty()) tell("what comes from stdin is checked and not fixed: there is no file to write to");
  FixRun run = make_fixes(files, wish.lint, options);
  for (const std::string& failure : run.before.failures) tell(failure);
  return run.before.failures.empty() ? std::optional(std::move(run)) : std::nullopt;
}

void tell_left(const FixRun& run) {
  for (const LeftFix& left : run.left) {
    const std::string place = location(run.now().input->sources, run.now().findings[left.finding].where);
    tell(format("{}: did not {}: {}", place, left.title, left.reason));
  }
}

void tell_unsafe(const LintRun& run, Safety most) {
  const auto has_only_unsafe = [](const Diagnostic& finding) {
    const auto is_safe = [](const Fix& fix) { return fix.safety == Safety::safe; };
    return is_open(finding) && !finding.fixes.empty() && std::ranges::none_of(finding.fixes, is_safe);
  };
  const auto count = static_cast<std::size_t>(std::ranges::count_if(run.findings, has_only_unsafe));
  if (count == 0 || most == Safety::unsafe) return;
  tell(format("{} an unsafe fix: --unsafe-fixes", counted(count, "finding has", "findings have")));
}

std::size_t count_fixed(const LintRun& before, const LintRun& after) {
  const std::size_t now = count_open(after), then = count_open(before);
  return then - std::min(now, then);
}

/// Of findings in these files.
std::size_t count_open_in(const LintRun& run, const std::set<std::string>& paths) {
  return static_cast<std::size_t>(std::ranges::count_if(run.findings, [&](const Diagnostic& finding) {
    return is_open(finding) && finding.where && paths.contains(run.input->sources[finding.where.file].path());
  }));
}

std::string summary(std::string_view verb, std::size_t findings, std::size_t files) {
  return format("{} {} in {}", verb, counted(findings, "finding", "findings"), counted(files, "file", "files"));
}

Rewritten write(const FixRun& run) {
  std::vector<Rewrite> rewrites;
  rewrites.reserve(run.files.size());
  for (const ChangedFile& file : run.files) rewrites.push_back({file.before->path(), file.before->stored(), file.after});
  return rewrite_files(rewrites);
}

}  // namespace

std::optional<LintRun> fix_on_disk(const FileSystem& files, const std::vector<InputPath>& inputs, const FixWish& wish) {
  std::optional<FixRun> run = run_fixes(files, inputs, wish);
  if (!run) return std::nullopt;
  const Rewritten written = write(*run);
  for (const std::string& path : written.changed) tell(format("`{}` changed since it was read and was left alone", path));
  if (written.failure) {
    tell(*written.failure);
    return std::nullopt;
  }
  tell_left(*run);
  std::optional<LintRun> now = run->after ? std::move(run->after) : std::nullopt;
  if (!written.changed.empty()) now = wish.lint(files);
  const std::size_t fixed = now ? count_fixed(run->before, *now) : 0;
  tell(fixed == 0 ? format("nothing was {}", wish.done) : summary(wish.done, fixed, run->files.size() - written.changed.size()));
  LintRun rest = now ? std::move(*now) : std::move(run->before);
  tell_unsafe(rest, wish.most);
  return rest;
}

int print_fixes(const FileSystem& files, const std::vector<InputPath>& inputs, const FixWish& wish) {
  const std::optional<FixRun> run = run_fixes(files, inputs, wish);
  if (!run) return 2;
  const Patch patch = patch_of(files, *run);
  if (print(patch.text) != 0) return 2;
  for (const std::string& reason : patch.left_out) tell(reason);
  tell_left(*run);
  // What is left out of the patch is not promised either.
  const auto count = [&](const LintRun& of) { return count_open_in(of, patch.paths); };
  const std::size_t then = count(run->before), fixed = then - std::min(then, count(run->now()));
  tell(patch.paths.empty() ? format("nothing to {}", wish.undone) : summary(format("would {}", wish.undone), fixed, patch.paths.size()));
  tell_unsafe(run->now(), wish.most);
  return patch.paths.empty() ? 0 : 1;
}

}  // namespace hop
