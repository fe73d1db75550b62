// `hoplint suppress`: comments that allow everything that is found, each tried before it is written.

#include <algorithm>
#include <string>

#include "cli/commands.h"
#include "cli/fix.h"
#include "cli/roots.h"
#include "cli/setup.h"
#include "cli/terminal.h"
#include "engine/add_suppressions.h"
#include "engine/date.h"
#include "report/wording.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

int refuse(const std::string& text) {
  complain("hoplint: " + text);
  return 2;
}

void tell_rest(const LintRun& run, Severity least) {
  for (const Diagnostic& finding : run.findings) {
    if (finding.suppressed || finding.severity < least) continue;
    const std::string place = location(run.input->sources, finding.where);
    complain(format("hoplint: {}: {} stays; `allow:` of the configuration can hold it", place, finding.rule->id));
  }
}

}  // namespace

int run_command(const SuppressOptions& options) {
  const std::string_view reason = trim(options.reason);
  if (reason.empty() || reason.find_first_of("\r\n") != std::string_view::npos) return refuse("--reason: write one line");
  if (!options.until.empty() && !is_date(options.until)) return refuse(format("`{}` is no date; write 2027-01-31", options.until));
  const SuppressWish wish{std::string(reason), options.until, parse_severity(options.least).value_or(Severity::warning)};
  const auto files = disk_files();
  const auto setup = set_up(*files, options.input);
  if (!setup) return 2;
  Roots roots(*setup, options.input);
  const LintAgain lint_all = [&](const FileSystem& others) {
    LintRun run = roots.lint(others);
    offer_suppressions(wish, run);
    return run;
  };
  const FixWish fixes{Safety::safe, lint_all, "suppressed", "suppress"};
  if (options.diff) return print_fixes(*files, setup->inputs, fixes);
  const auto rest = fix_on_disk(*files, setup->inputs, fixes);
  if (!rest) return 2;
  tell_rest(*rest, wish.least);
  return 0;
}

}  // namespace hop
