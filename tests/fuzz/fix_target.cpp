#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "engine/fix.h"
#include "fuzz/runs.h"
#include "fuzz/targets.h"
#include "text/format.h"
#include "yaml/parse.h"

namespace hop::fuzz {
namespace {

constexpr std::size_t most_fixes = 60;  ///< each may have to be tried by itself, which is a run

std::size_t problems_in(const std::string& path, const std::string& stored) {
  const auto file = File::from_bytes(path, stored);
  std::size_t count = 0;
  for (const yaml::Chunk& chunk : yaml::split(file->text())) {
    count += yaml::parse(file->text().substr(chunk.begin, chunk.end - chunk.begin), file)->problems.empty() ? 0 : 1;
  }
  return count;
}

/// What stands before the first edit and behind the last is stored as it was.
void check_surroundings(const File& file, const std::vector<Edit>& edits, const std::string& after, std::string_view rule) {
  const std::string_view before = file.stored();
  std::uint64_t first = before.size(), last = 0;
  for (const Edit& edit : edits) {
    first = std::min(first, file.stored_offset(edit.where.begin));
    last = std::max(last, file.stored_offset(edit.where.end));
  }
  require(after.starts_with(before.substr(0, first)), format("{}: what stands before a fix stays", rule));
  require(after.ends_with(before.substr(last)), format("{}: what stands behind a fix stays", rule));
}

void check_alone(const Diagnostic& finding, const Fix& fix, const Sources& sources) {
  const std::string_view rule = finding.rule->id;
  require(!fix.edits.empty() && disjoint(fix.edits), format("{}: its edits do not meet", rule));
  std::map<FileId, std::vector<Edit>> by_file;
  for (const Edit& edit : fix.edits) {
    const bool inside = static_cast<std::size_t>(edit.where.file) < sources.size() && edit.where.begin <= edit.where.end &&
                        edit.where.end <= sources[edit.where.file].text().size();
    require(inside, format("{}: its edits lie in files", rule));
    by_file[edit.where.file].push_back(edit);
  }
  for (const auto& [id, edits] : by_file) {
    const File& file = sources[id];
    const std::string after = edited(file, edits);
    check_surroundings(file, edits, after, rule);
    const bool valid = problems_in(file.path(), after) <= problems_in(file.path(), std::string(file.stored()));
    require(valid, format("{}: `{}` leaves a file that parses", rule, fix.title));
  }
}

void check_all(const Files& files, const Settings& settings, Safety most) {
  const MemoryFiles disk(files);
  const LintAgain again = [&](const FileSystem& now) { return lint(now, {{"m", std::nullopt}}, settings); };
  const FixRun fixed = make_fixes(disk, again, {most, {}});
  require(count_problems(fixed.now()) <= count_problems(fixed.before), "what parsed parses with all fixes");
  require(fixed.files.empty() || fixed.after.has_value(), "changed files were looked at");
  for (const ChangedFile& changed : fixed.files) require(changed.before->stored() != changed.after, "a changed file has changed");
}

}  // namespace

void fuzz_fix(std::string_view bytes) {
  const Files files = files_of(bytes);
  const Settings settings = every_rule(bytes);
  const LintRun run = lint_all(files, settings);
  std::size_t fixes = 0;
  for (const Diagnostic& finding : run.findings) {
    for (const Fix& fix : finding.fixes) check_alone(finding, fix, run.input->sources);
    fixes += finding.fixes.size();
  }
  if (fixes == 0 || fixes > most_fixes) return;
  check_all(files, settings, Safety::safe);
  check_all(files, settings, Safety::unsafe);
}

}  // namespace hop::fuzz
