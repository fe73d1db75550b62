#include "support/check_suppressions.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/suppress.h"
#include "support/keys.h"
#include "support/variants.h"
#include "text/format.h"
#include "yaml/parse.h"

namespace hop {
namespace {

/// Where keys of block mappings and items of block sequences begin, as offsets of the document.
std::vector<std::uint32_t> block_starts(const yaml::Tree& tree) {
  std::vector<std::uint32_t> starts;
  for (std::uint32_t i = 0; i < tree.items.size(); ++i) {
    const yaml::Item& parent = tree.items[i];
    if (!parent.is_collection() || parent.style != yaml::Style::block) continue;
    const bool mapping = parent.type == yaml::NodeType::mapping;
    for (std::uint32_t child = i + 1; child < tree.next(i);) {
      starts.push_back(tree.items[child].begin);
      child = tree.next(child);
      if (mapping) child = tree.next(child);
    }
  }
  std::sort(starts.begin(), starts.end());
  return starts;
}

std::size_t indentation_of(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

bool is_blank_or_comment(std::string_view line) {
  const std::size_t begin = indentation_of(line);
  return begin == line.size() || line[begin] == '#';
}

/// Last line of what begins on line `number`: deeper lines, and the items of a list that stands as deep as its key.
std::uint32_t last_of_block(const File& file, std::uint32_t number, std::uint32_t limit) {
  const std::string_view first = file.line(number);
  const std::size_t depth = indentation_of(first);
  const bool is_item = first.substr(depth).starts_with('-');
  std::uint32_t last = number;
  for (std::uint32_t line = number + 1; line <= limit; ++line) {
    const std::string_view text = file.line(line);
    if (is_blank_or_comment(text)) continue;
    const bool item_of_key = !is_item && indentation_of(text) == depth && text.substr(depth).starts_with('-');
    if (indentation_of(text) <= depth && !item_of_key) return last;
    last = line;
  }
  return last;
}

bool is_object(const yaml::Document& document) { return document.root().has("apiVersion") && document.root().has("kind"); }

void add_lines(const File& file, const yaml::Chunk& chunk, std::vector<CommentLine>& lines) {
  const yaml::Document document(yaml::parse(file.text().substr(chunk.begin, chunk.end - chunk.begin), nullptr), no_file, 0);
  if (!document.tree().problems.empty() || !is_object(document)) return;
  const std::uint32_t limit = file.position(chunk.end).line;
  bool first = true;
  for (const std::uint32_t start : block_starts(document.tree())) {
    const Position position = file.position(chunk.begin + start, ColumnUnit::byte);
    const std::string_view line = file.line(position.line);
    const std::string_view before = line.substr(0, position.column - 1);
    if (before.find_first_not_of(" -") != std::string_view::npos) continue;
    if (!lines.empty() && lines.back().line == position.line) continue;
    const std::uint32_t last = first ? limit : last_of_block(file, position.line, limit);
    lines.push_back({position.line, last, std::string(indentation_of(line), ' ')});
    first = false;
  }
}

std::string comment_for(const RuleInfo& rule, const CommentLine& line) {
  return format("{}# hoplint: allow {} -- the harness asks whether this works", line.indentation, rule.id);
}

/// One finding without its place, so that two runs can be compared, and what decides whether a comment silences it.
struct Seen {
  std::string key;
  bool of_rule = false;
  bool starts_there = false;  ///< on the very line
  bool within = false;        ///< on it or below it
};

/// Findings of a run; those of `path` from line `line.line` on stand one line further down in the keys if `moved`.
std::vector<Seen> see(const LintRun& run, const RuleInfo& rule, const std::string& path, const CommentLine& line, bool moved) {
  std::vector<Seen> all;
  for (const Diagnostic& finding : run.findings) {
    if (finding.suppressed) continue;
    const Place place = place_of(finding.where, run.input->sources);
    const bool here = place.path == path;
    Seen seen;
    seen.of_rule = finding.rule->id == rule.id;
    seen.starts_there = here && place.line == line.line;
    seen.within = here && place.line >= line.line && place.line <= line.last;
    const std::uint32_t number = place.line + (moved && here && place.line >= line.line ? 1 : 0);
    seen.key = format("{}:{}: {}", place.path, number, key_of(finding, run.input->sources, Compared::saying));
    all.push_back(std::move(seen));
  }
  return all;
}

std::vector<std::string> keys_where(const std::vector<Seen>& all, bool (*wanted)(const Seen&)) {
  std::vector<std::string> keys;
  for (const Seen& seen : all) {
    if (wanted(seen)) keys.push_back(seen.key);
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

/// What a run with the comment says that it should not, or does not say.
Complaints compare(const std::vector<Seen>& before, const std::vector<Seen>& after) {
  const auto every = [](const Seen&) { return true; };
  const std::vector<std::string> now = keys_where(after, every);
  const auto stays = keys_where(before, [](const Seen& seen) { return !seen.of_rule || !seen.within; });
  const auto may_stay = keys_where(before, [](const Seen& seen) { return !seen.of_rule || !seen.starts_there; });
  Complaints complaints;
  for (const std::string& key : surplus(stays, now)) complaints.push_back("silenced too: " + key);
  for (const std::string& key : surplus(now, may_stay)) complaints.push_back("still found, or newly: " + key);
  return complaints;
}

std::set<std::uint32_t> lines_of(const LintRun& run, const RuleInfo& rule, const std::string& path) {
  std::set<std::uint32_t> lines;
  for (const Diagnostic& finding : run.findings) {
    const Place place = place_of(finding.where, run.input->sources);
    if (!finding.suppressed && finding.rule->id == rule.id && place.path == path) lines.insert(place.line);
  }
  return lines;
}

LintRun run_with_comment(const Linter& linter, const Trial& trial, const RuleInfo& rule, const File& file, const CommentLine& line) {
  FileTexts files = trial.fixture.files;
  files[file.path()] = with_line_above(file, line.line, comment_for(rule, line));
  return linter(files, trial.settings);
}

bool can_bear_comments(const FileTexts::value_type& stored) { return is_manifest_path(stored.first) && !is_json_path(stored.first); }

}  // namespace

std::vector<CommentLine> comment_lines(const File& file) {
  std::vector<CommentLine> lines;
  for (const yaml::Chunk& chunk : yaml::split(file.text())) add_lines(file, chunk, lines);
  return lines;
}

Complaints check_silenced(const Linter& linter, const Trial& trial, const RuleInfo& rule) {
  Complaints complaints;
  for (const auto& stored : trial.fixture.files) {
    const std::set<std::uint32_t> wanted = lines_of(trial.run, rule, stored.first);
    if (wanted.empty() || !can_bear_comments(stored)) continue;
    const auto file = file_of(stored);
    for (const CommentLine& line : comment_lines(*file)) {
      if (!wanted.contains(line.line)) continue;
      const LintRun run = run_with_comment(linter, trial, rule, *file, line);
      const auto before = see(trial.run, rule, stored.first, line, true);
      const auto after = see(run, rule, stored.first, line, false);
      append(complaints, located(format("allowed above {}:{}", stored.first, line.line), compare(before, after)));
    }
  }
  return located(trial.fixture.place, complaints);
}

Complaints check_unused(const Linter& linter, const Trial& trial, const RuleInfo& rule) {
  if (!is_rearrangeable(trial.fixture.files)) return {};
  if (!applies(rule.applies, trial.run.input->world.environment)) return {};  // it did not run, so nobody knows
  for (const auto& stored : trial.fixture.files) {
    if (!can_bear_comments(stored) || stored.second.find("hoplint:") != std::string::npos) continue;
    const auto file = file_of(stored);
    const std::vector<CommentLine> lines = comment_lines(*file);
    if (lines.empty()) continue;
    const LintRun run = run_with_comment(linter, trial, rule, *file, lines.front());
    const bool reported = std::any_of(run.findings.begin(), run.findings.end(), [&](const Diagnostic& finding) {
      return finding.rule->id == suppression_unused.id &&
             place_of(finding.where, run.input->sources) == Place{stored.first, lines.front().line};
    });
    if (reported) return {};
    return {format("{}: a suppression above {}:{} is not reported as unused", trial.fixture.place, stored.first, lines.front().line)};
  }
  return {};
}

}  // namespace hop
