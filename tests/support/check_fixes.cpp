#include "support/check_fixes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "support/keys.h"
#include "text/format.h"
#include "yaml/parse.h"

namespace hop {
namespace {

constexpr int most_rounds = 5;

/// Two fixes that touch the same text need two runs; more than a few means that fixes undo each other.
struct Chosen {
  std::vector<Edit> edits;
  bool some_left = false;
};

using EditsByFile = std::map<FileId, std::vector<Edit>>;

EditsByFile by_file(const std::vector<Edit>& edits) {
  EditsByFile sorted;
  for (const Edit& edit : edits) sorted[edit.where.file].push_back(edit);
  return sorted;
}

bool are_disjoint(const std::vector<Edit>& edits) {
  const EditsByFile files = by_file(edits);
  return std::all_of(files.begin(), files.end(), [](const auto& file) { return disjoint(file.second); });
}

/// A fix at a place that does not exist is the business of check_spans(); here it must only not be tried.
bool lies_in_text(const Edit& edit, const Sources& sources) {
  const bool known = static_cast<std::size_t>(edit.where.file) < sources.size();
  return known && edit.where.begin <= edit.where.end && edit.where.end <= sources[edit.where.file].text().size();
}

bool can_be_tried(const Fix& fix, const Sources& sources) {
  return std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) { return lies_in_text(edit, sources); });
}

bool same_edit(const Edit& a, const Edit& b) { return a.where == b.where && a.text == b.text; }

/// Edits that are not among `chosen`: two findings may ask for one and the same change.
std::vector<Edit> new_edits(const std::vector<Edit>& chosen, const std::vector<Edit>& edits) {
  std::vector<Edit> rest;
  for (const Edit& edit : edits) {
    const bool known = std::any_of(chosen.begin(), chosen.end(), [&](const Edit& other) { return same_edit(edit, other); });
    if (!known) rest.push_back(edit);
  }
  return rest;
}

const Fix* first_fix(const Diagnostic& finding, Safety most, const Sources& sources) {
  for (const Fix& fix : finding.fixes) {
    if ((fix.safety == Safety::safe || most == Safety::unsafe) && can_be_tried(fix, sources)) return &fix;
  }
  return nullptr;
}

Chosen choose(const LintRun& run, Safety most) {
  Chosen chosen;
  for (const Diagnostic& finding : run.findings) {
    const Fix* fix = finding.suppressed ? nullptr : first_fix(finding, most, run.input->sources);
    if (fix == nullptr) continue;
    std::vector<Edit> together = chosen.edits;
    for (const Edit& edit : new_edits(chosen.edits, fix->edits)) together.push_back(edit);
    if (are_disjoint(together)) {
      chosen.edits = std::move(together);
    } else {
      chosen.some_left = true;
    }
  }
  return chosen;
}

std::size_t count_problems(const FileTexts& files) {
  std::size_t count = 0;
  for (const auto& stored : files) {
    const auto file = file_of(stored);
    for (const yaml::Chunk& chunk : yaml::split(file->text())) {
      count += yaml::parse(file->text().substr(chunk.begin, chunk.end - chunk.begin), file)->problems.size();
    }
  }
  return count;
}

/// Comments of a file with their places in it.
std::vector<Span> comments_of(const File& file, FileId id) {
  std::vector<Span> comments;
  for (const yaml::Chunk& chunk : yaml::split(file.text())) {
    const auto tree = yaml::parse(file.text().substr(chunk.begin, chunk.end - chunk.begin), nullptr);
    for (const yaml::Comment& comment : tree->comments) comments.push_back({id, chunk.begin + comment.begin, chunk.begin + comment.end});
  }
  return comments;
}

/// An edit that writes something must write the comments, too, that stood in its place; one that only removes takes whole lines.
Complaints check_comments(const Edit& edit, const File& file) {
  Complaints complaints;
  for (const Span comment : comments_of(file, edit.where.file)) {
    const std::string_view text = file.text().substr(comment.begin, comment.size());
    const bool inside = comment.begin >= edit.where.begin && comment.begin < edit.where.end;
    if (inside && !edit.text.empty() && edit.text.find(text) == std::string::npos) {
      complaints.push_back(format("loses the comment `{}`", text));
    }
  }
  return complaints;
}

/// Not by way of apply_edits(): what stands before the first and behind the last edit is compared with the result.
Complaints check_surroundings(const FileTexts& before, const FileTexts& after, const std::vector<Edit>& edits, const Sources& sources) {
  Complaints complaints;
  for (const auto& stored : before) {
    const std::string old_text(file_of(stored)->text());
    const std::string& new_text = after.at(stored.first);
    std::uint32_t first = static_cast<std::uint32_t>(old_text.size()), last = 0;
    for (const Edit& edit : edits) {
      if (sources[edit.where.file].path() != stored.first) continue;
      first = std::min(first, edit.where.begin);
      last = std::max(last, edit.where.end);
    }
    const bool kept = first > last ? file_of(*after.find(stored.first))->text() == old_text
                                   : new_text.starts_with(old_text.substr(0, first)) && new_text.ends_with(old_text.substr(last));
    if (!kept) complaints.push_back(format("changes {} outside the edits", stored.first));
  }
  return complaints;
}

Complaints check_edits(const Fix& fix, const Sources& sources) {
  if (fix.edits.empty()) return {"has no edits"};
  if (!can_be_tried(fix, sources)) return {"has an edit outside its file"};
  if (!are_disjoint(fix.edits)) return {"has edits that overlap"};
  Complaints complaints;
  for (const Edit& edit : fix.edits) append(complaints, check_comments(edit, sources[edit.where.file]));
  return complaints;
}

Complaints check_result(const Linter& linter, const Trial& trial, const Diagnostic& finding, const FileTexts& fixed) {
  Complaints complaints;
  if (count_problems(fixed) > count_problems(trial.fixture.files)) complaints.emplace_back("the result does not parse");
  const std::string key = key_of(finding, trial.run.input->sources, Compared::stable_saying);
  const auto before = keys_of(trial.run, Compared::stable_saying);
  const auto after = keys_of(linter(fixed, trial.settings), Compared::stable_saying);
  if (std::count(after.begin(), after.end(), key) >= std::count(before.begin(), before.end(), key)) {
    complaints.emplace_back("the finding is still there");
  }
  for (const std::string& other : surplus(after, before)) complaints.push_back("brings about: " + other);
  return complaints;
}

Complaints check_fix(const Linter& linter, const Trial& trial, const Diagnostic& finding, const Fix& fix) {
  const Sources& sources = trial.run.input->sources;
  Complaints complaints = check_edits(fix, sources);
  if (!complaints.empty()) return complaints;
  const FileTexts fixed = with_edits(trial.fixture.files, fix.edits, sources);
  append(complaints, check_surroundings(trial.fixture.files, fixed, fix.edits, sources));
  append(complaints, check_result(linter, trial, finding, fixed));
  return complaints;
}

Complaints check_same_text(const std::string& path, std::string_view came, std::string_view wanted) {
  const auto first = File::from_bytes(path, without_expectations(came));
  const auto second = File::from_bytes(path, without_expectations(wanted));
  for (std::uint32_t line = 1; line <= std::max(first->line_count(), second->line_count()); ++line) {
    if (first->line(line) == second->line(line)) continue;
    return {format("{}, line {} without `#~`: the fixes give `{}`, not `{}`", path, line, first->line(line), second->line(line))};
  }
  return first->text() == second->text() ? Complaints{} : Complaints{path + ": line ends differ"};
}

/// A case of one file is compared whatever the file is called.
Complaints check_same_files(const FileTexts& came, const Case& wanted) {
  if (came.size() == 1 && wanted.files.size() == 1) {
    return check_same_text(wanted.files.begin()->first, came.begin()->second, wanted.files.begin()->second);
  }
  Complaints complaints;
  for (const auto& [path, text] : wanted.files) {
    const auto other = came.find(path);
    append(complaints, other == came.end() ? Complaints{path + " is in this case only"} : check_same_text(path, other->second, text));
  }
  if (came.size() > wanted.files.size()) complaints.emplace_back("the bad case has more files");
  return complaints;
}

const Trial* find_case(const std::vector<Trial>& trials, CaseType type, const std::string& suffix) {
  const auto found = std::find_if(trials.begin(), trials.end(),
                                  [&](const Trial& trial) { return trial.fixture.type == type && trial.fixture.suffix == suffix; });
  return found == trials.end() ? nullptr : &*found;
}

struct FixCount {
  std::size_t findings = 0, with_fix = 0;
  bool safe = false, unsafe = false;
};

FixCount count_fixes(const RuleInfo& rule, const std::vector<Trial>& trials) {
  FixCount count;
  for (const Trial& trial : trials) {
    for (const Diagnostic& finding : trial.run.findings) {
      if (finding.rule->id != rule.id) continue;
      ++count.findings;
      if (!finding.fixes.empty()) ++count.with_fix;
      for (const Fix& fix : finding.fixes) (fix.safety == Safety::safe ? count.safe : count.unsafe) = true;
    }
  }
  return count;
}

bool has_type(const std::vector<Trial>& trials, CaseType type) {
  return std::any_of(trials.begin(), trials.end(), [&](const Trial& trial) { return trial.fixture.type == type; });
}

}  // namespace

FileTexts with_edits(const FileTexts& files, const std::vector<Edit>& edits, const Sources& sources) {
  FileTexts out = files;
  for (const auto& [id, own] : by_file(edits)) out[sources[id].path()] = apply_edits(sources[id].text(), own);
  return out;
}

Complaints check_each_fix(const Linter& linter, const Trial& trial, const RuleInfo& rule) {
  Complaints complaints;
  for (const Diagnostic& finding : trial.run.findings) {
    if (finding.rule->id != rule.id || finding.suppressed) continue;
    for (const Fix& fix : finding.fixes) {
      const std::string where = format("fix `{}` of {}", fix.title, describe(finding, trial.run.input->sources));
      append(complaints, located(where, check_fix(linter, trial, finding, fix)));
    }
  }
  return located(trial.fixture.place, complaints);
}

Fixed fix_all(const Linter& linter, const Trial& trial, Safety most) {
  Fixed fixed{trial.fixture.files, {}};
  Chosen chosen = choose(trial.run, most);
  for (int round = 0; round < most_rounds; ++round) {
    const bool some_left = chosen.some_left;
    const Sources* sources = &trial.run.input->sources;
    const LintRun run = round == 0 ? LintRun{} : linter(fixed.files, trial.settings);
    if (round > 0) {
      chosen = choose(run, most);
      sources = &run.input->sources;
    }
    if (chosen.edits.empty()) return fixed;
    if (round > 0 && !some_left) fixed.complaints.emplace_back("a second run of the fixes changes more");
    fixed.files = with_edits(fixed.files, chosen.edits, *sources);
  }
  fixed.complaints.emplace_back("fixes do not come to an end");
  return fixed;
}

Complaints check_fixed_cases(const Linter& linter, const std::vector<Trial>& trials) {
  Complaints complaints;
  for (const Trial& trial : trials) {
    if (trial.fixture.type != CaseType::bad) continue;
    for (const Safety most : {Safety::safe, Safety::unsafe}) {
      Fixed fixed = fix_all(linter, trial, most);
      append(complaints, located(trial.fixture.place, fixed.complaints));
      const CaseType wanted = most == Safety::safe ? CaseType::fixed : CaseType::fixed_unsafe;
      if (const Trial* other = find_case(trials, wanted, trial.fixture.suffix)) {
        append(complaints, located(other->fixture.place, check_same_files(fixed.files, other->fixture)));
      }
    }
  }
  for (const Trial& trial : trials) {
    const bool is_fixed = trial.fixture.type == CaseType::fixed || trial.fixture.type == CaseType::fixed_unsafe;
    if (is_fixed && find_case(trials, CaseType::bad, trial.fixture.suffix) == nullptr) {
      complaints.push_back(format("{}: there is no bad{}", trial.fixture.place, trial.fixture.suffix));
    }
  }
  return complaints;
}

Complaints check_policy(const RuleInfo& rule, const std::vector<Trial>& trials) {
  const FixCount count = count_fixes(rule, trials);
  Complaints complaints;
  if (rule.fixes == FixPolicy::never && count.with_fix > 0) complaints.emplace_back("the policy is never, yet a finding has a fix");
  if (rule.fixes == FixPolicy::always && count.with_fix < count.findings) {
    complaints.emplace_back("the policy is always, yet a finding has no fix");
  }
  if (rule.fixes == FixPolicy::sometimes && count.with_fix == 0)
    complaints.emplace_back("the policy is sometimes, yet no finding has a fix");
  if (count.safe && !has_type(trials, CaseType::fixed)) complaints.emplace_back("has safe fixes and no fixed case");
  if (count.unsafe && !has_type(trials, CaseType::fixed_unsafe)) complaints.emplace_back("has unsafe fixes and no fixed_unsafe case");
  return complaints;
}

}  // namespace hop
