#include "support/check_variants.h"

#include <algorithm>
#include <map>

#include "support/keys.h"
#include "support/renaming.h"
#include "support/rewriting.h"
#include "support/variants.h"
#include "support/watch.h"
#include "text/format.h"

namespace hop {
namespace {

constexpr std::uint32_t seeds[] = {1, 2};

bool is_about_files(const RuleInfo& rule) {
  if (family(rule) == "yaml" || family(rule) == "file") return true;
  const auto entries = all_rules();
  const auto entry = std::find_if(entries.begin(), entries.end(), [&](const RuleEntry& one) { return one.rule->info.id == rule.id; });
  return entry != entries.end() && entry->rule->reads.has(Facet::files);
}

std::vector<std::string> keys_about_objects(const LintRun& run, Compared compared) {
  std::vector<std::string> keys;
  for (const Diagnostic& finding : run.findings) {
    if (finding.suppressed || is_about_files(*finding.rule)) continue;
    keys.push_back(key_of(finding, run.input->sources, compared));
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

/// JSON cannot hold comments, and in a file that was not read nothing moves.
bool moves(const Diagnostic& finding, const Sources& sources) {
  if (static_cast<std::size_t>(finding.where.file) >= sources.size()) return false;
  const File& file = sources[finding.where.file];
  return !is_json_path(file.path()) && !file.text().empty();
}

/// Keys with their places, `down` lines further down where they move.
std::vector<std::string> keys_moved(const LintRun& run, std::uint32_t down) {
  std::vector<std::string> keys;
  for (const Diagnostic& finding : run.findings) {
    if (finding.suppressed) continue;
    const Place place = place_of(finding.where, run.input->sources);
    const std::uint32_t column = place.line > 0 ? run.input->sources[finding.where.file].position(finding.where.begin).column : 0;
    const std::string key = key_of(finding, run.input->sources, Compared::saying);
    keys.push_back(format("{}:{}:{}: {}", place.path, place.line + (moves(finding, run.input->sources) ? down : 0), column, key));
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

/// What a policy wants of every object, it wants of strangers too.
bool is_wish_for_stranger(const Diagnostic& finding) {
  return finding.rule->group == Group::policy && finding.object && finding.object->ns == strangers_namespace;
}

}  // namespace

Complaints check_rearranged(const Linter& linter, const Trial& trial) {
  const FileTexts& files = trial.fixture.files;
  if (!is_rearrangeable(files)) return {};
  Complaints complaints;
  const auto compare = [&](const FileTexts& variant, std::string_view name, Compared compared = Compared::covering) {
    const LintRun now = linter(variant, trial.settings);
    append(complaints, differences(keys_about_objects(trial.run, compared), keys_about_objects(now, compared), name));
  };
  for (const std::uint32_t seed : seeds) compare(shuffled(files, seed), format("shuffled by seed {}", seed));
  compare(split_up(files), "one file for each document");
  compare(joined(files), "all in one file");
  if (const auto json = as_json(files)) compare(*json, "as JSON", Compared::saying);
  return located(trial.fixture.place, complaints);
}

Complaints check_moved(const Linter& linter, const Trial& trial) {
  const FileTexts& files = trial.fixture.files;
  if (!is_plain(files)) return {};
  Complaints complaints;
  const auto compare = [&](const FileTexts& variant, std::uint32_t down, std::string_view name) {
    append(complaints, differences(keys_moved(trial.run, down), keys_moved(linter(variant, trial.settings), 0), name));
  };
  compare(with_leading_comment(files), 1, "with a comment line above");
  compare(with_crlf(files), 0, "with CRLF");
  compare(with_byte_order_mark(files), 0, "with a byte order mark");
  return located(trial.fixture.place, complaints);
}

Complaints check_rewritten(const Linter& linter, const Trial& trial) {
  const FileTexts& files = trial.fixture.files;
  if (!is_plain(files)) return {};
  Complaints complaints;
  const auto compare = [&](const FileTexts& variant, std::string_view name, Compared compared = Compared::covering) {
    if (!says_the_same(files, variant)) return complaints.push_back(format("{}: it says something else", name));
    LintRun run = linter(variant, trial.settings);
    std::erase_if(run.findings, is_wish_for_stranger);
    append(complaints, differences(keys_of(trial.run, compared), keys_of(run, compared), name));
  };
  compare(reindented(files), "indented by twice as much");
  compare(requoted(files, Escapes::none), "between other quotes");
  compare(requoted(files, Escapes::some), "between other quotes, with escapes", Compared::saying);
  compare(with_comments(files), "with comments everywhere");
  if (trial.fixture.expected.header.file_limit == 0) {  // else none of these could be read
    compare(with_strangers(files), "beside strangers");
    compare(with_comments(reindented(requoted(with_strangers(files), Escapes::none))), "all of it");
  }
  return located(trial.fixture.place, complaints);
}

Complaints check_renamed(const Linter& linter, const Trial& trial, const RuleInfo* rule) {
  const Renaming renaming(trial.fixture);
  if (renaming.empty()) return {};
  const Trial now = try_case(renaming.apply(trial.fixture), rule, linter);
  std::vector<std::string> keys;
  for (const std::string& key : keys_of(now.run, Compared::covering)) keys.push_back(renaming.undo(key));
  std::sort(keys.begin(), keys.end());
  return located(trial.fixture.place, differences(keys_of(trial.run, Compared::covering), keys, "with other names"));
}

void cut_everywhere(const Linter& linter, const Trial& trial, const RuleInfo& rule) {
  const Settings settings = only(trial.settings, rule);
  for (const auto& stored : trial.fixture.files) {
    Watch watch(format("{}, {} cut behind line", trial.fixture.place, stored.first));
    const auto file = file_of(stored);
    FileTexts files = trial.fixture.files;
    for (std::uint32_t line = 0; line < file->line_count(); ++line) {
      watch.step(line);
      files[stored.first] = first_lines(*file, line);
      linter(files, settings);
    }
  }
}

}  // namespace hop
