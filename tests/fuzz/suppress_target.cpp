#include <optional>
#include <string>
#include <vector>

#include "engine/add_suppressions.h"
#include "engine/allow_text.h"
#include "engine/allowed.h"
#include "engine/fix.h"
#include "engine/remove_suppression.h"
#include "fuzz/runs.h"
#include "fuzz/targets.h"
#include "text/format.h"

namespace hop::fuzz {
namespace {

void read_words(std::string_view bytes) {
  const auto comment = parse_allow_comment(bytes);
  if (!comment) return;
  for (const AllowText::Word& word : comment->allow.rules) {
    require(bytes.substr(word.begin, word.text.size()) == word.text, "a word stands where it says");
  }
}

/// Each comment goes, whole or a word at a time: what parsed still does.
void take_away(const Files& files, const LintRun& run, const Settings& settings) {
  const Sources& sources = run.input->sources;
  const std::size_t problems = count_problems(run);
  std::size_t tried = 0;
  for (const Allowed& allowed : gather_allowed(*run.graph, settings)) {
    if (!allowed.where || ++tried > 4) continue;
    const File& file = sources[allowed.where.file];
    std::vector<std::optional<Fix>> fixes{remove_suppression(allowed, file.text())};
    for (std::size_t i = 0; i < allowed.rules.size() && i < 3; ++i) fixes.push_back(remove_suppressed_rule(allowed, i, file.text()));
    for (const auto& fix : fixes) {
      if (!fix) continue;
      Files changed = files;
      changed[file.path()] = edited(file, fix->edits);
      require(count_problems(lint_all(changed, settings)) <= problems, "without a suppression the file parses");
    }
  }
}

}  // namespace

void fuzz_suppress(std::string_view bytes) {
  read_words(bytes);
  const Files files = files_of(bytes);
  const Settings settings = every_rule(bytes);
  const MemoryFiles disk(files);
  const SuppressWish wish{"as of today", "2027-01-31", Severity::info};
  const LintAgain again = [&](const FileSystem& now) {
    LintRun run = lint(now, {{"m", std::nullopt}}, settings);
    offer_suppressions(wish, run);
    return run;
  };
  const FixRun fixed = make_fixes(disk, again, {});
  examine(fixed.before);
  require(count_problems(fixed.now()) <= count_problems(fixed.before), "with suppressions the file parses");
  require(fixed.files.empty() || count_open(fixed.now()) < count_open(fixed.before), "suppressions leave less to report");
  take_away(files, fixed.before, settings);
}

}  // namespace hop::fuzz
