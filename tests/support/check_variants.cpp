#include "support/check_variants.h"

#include <algorithm>
#include <map>

#include "support/keys.h"
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

std::vector<std::string> keys_about_objects(const LintRun& run) {
  std::vector<std::string> keys;
  for (const Diagnostic& finding : run.findings) {
    if (finding.suppressed || is_about_files(*finding.rule)) continue;
    keys.push_back(key_of(finding, run.input->sources, Compared::saying));
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

}  // namespace

Complaints check_rearranged(const Linter& linter, const Trial& trial) {
  const FileTexts& files = trial.fixture.files;
  if (!is_rearrangeable(files)) return {};
  const std::vector<std::string> before = keys_about_objects(trial.run);
  Complaints complaints;
  const auto compare = [&](const FileTexts& variant, std::string_view name) {
    append(complaints, differences(before, keys_about_objects(linter(variant, trial.settings)), name));
  };
  for (const std::uint32_t seed : seeds) compare(shuffled(files, seed), format("shuffled by seed {}", seed));
  compare(split_up(files), "one file for each document");
  compare(joined(files), "all in one file");
  if (const auto json = as_json(files)) compare(*json, "as JSON");
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
