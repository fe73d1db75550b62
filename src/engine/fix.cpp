#include "engine/fix.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "engine/edit_set.h"
#include "engine/finding_keys.h"
#include "text/format.h"
#include "text/overlay_files.h"

namespace hop {
namespace {

constexpr int most_rounds = 10;

struct Candidate {
  std::size_t finding = 0;
  const Fix* fix = nullptr;
  std::string key;  ///< of the finding
};

/// The files of one run that may be edited.
class Editable {
 public:
  Editable(const Input& input, const std::vector<std::string>& never) : sources_(&input.sources) {
    for (const ReadFile& file : input.files) {
      const bool excepted = std::find(never.begin(), never.end(), file.path) != never.end();
      if (!file.known && file.unreadable.empty() && !excepted) files_.insert(file.file);
    }
  }

  bool operator()(const Fix& fix) const {
    return !fix.edits.empty() && disjoint(fix.edits) &&
           std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) { return is_inside(edit.where); });
  }

 private:
  bool is_inside(const Span& where) const {
    return files_.contains(where.file) && where.begin <= where.end && where.end <= (*sources_)[where.file].text().size();
  }
  const Sources* sources_;
  std::set<FileId> files_;
};

const Fix* first_allowed(const Diagnostic& finding, Safety most) {
  const auto allowed = [&](const Fix& fix) { return fix.safety == Safety::safe || most == Safety::unsafe; };
  const auto found = std::find_if(finding.fixes.begin(), finding.fixes.end(), allowed);
  return found == finding.fixes.end() ? nullptr : &*found;
}

/// Nothing that parsed may cease to, whether or not somebody asked for the rule that reports it.
std::size_t count_problems(const Input& input) {
  std::size_t count = 0;
  for (const ReadFile& file : input.files) {
    for (const ReadDocument& document : file.documents) count += document.document->tree().problems.size();
  }
  return count;
}

class Fixer {
 public:
  Fixer(const FileSystem& files, const LintAgain& lint_again, const FixOptions& options)
      : lint_again_(lint_again), options_(options), overlay_(files) {}

  FixRun run() {
    result_.before = lint_again_(overlay_);
    int rounds = 0;
    while (rounds < most_rounds && make_round()) ++rounds;
    if (rounds == most_rounds) leave_the_rest();
    std::sort(result_.left.begin(), result_.left.end(), [](const LeftFix& a, const LeftFix& b) { return a.finding < b.finding; });
    for (auto& [path, changed] : changed_) result_.files.push_back(std::move(changed));
    return std::move(result_);
  }

 private:
  /// Whether anything was fixed. A fix that met one that is refused is tried without it.
  bool make_round() {
    taken_.clear();
    edits_ = {};
    for (bool again = true; again;) {
      const std::vector<Candidate> candidates = choose();
      attempt(candidates);
      again = !reached_ && waits_ && !candidates.empty();
    }
    if (!reached_) return false;
    remember_changes();
    result_.after = std::move(reached_);
    reached_.reset();
    refused_.clear();  // it speaks of the run before
    return true;
  }

  std::vector<Candidate> choose() {
    const LintRun& run = result_.now();
    const Editable editable(*run.input, options_.never);
    std::vector<Candidate> chosen;
    EditSet together;
    result_.left.clear();
    waits_ = false;
    for (std::size_t i = 0; i < run.findings.size(); ++i) {
      const Diagnostic& finding = run.findings[i];
      const Fix* const fix = is_open(finding) ? first_allowed(finding, options_.most) : nullptr;
      if (fix == nullptr) continue;
      if (const auto refused = refused_.find(i); refused != refused_.end()) {
        leave(i, *fix, refused->second);
      } else if (!editable(*fix)) {
        leave(i, *fix, "it is not in a file that may be edited");
      } else if (!together.fits(fix->edits)) {
        leave(i, *fix, "it meets another fix");
        waits_ = true;
      } else {
        together.add(fix->edits);
        chosen.push_back({i, fix, finding_key(finding, run.input->sources)});
      }
    }
    return chosen;
  }

  /// After the last round.
  void leave_the_rest() {
    for (const Candidate& candidate : choose()) leave(candidate.finding, *candidate.fix, format("{} rounds were not enough", most_rounds));
  }

  /// Takes all of `group`, or as much of it as can be taken.
  void attempt(std::span<const Candidate> group) {
    if (group.empty()) return;
    const auto objection = try_with(group);
    if (!objection) return;
    if (group.size() == 1) {
      leave(group[0].finding, *group[0].fix, *objection);
      refused_[group[0].finding] = *objection;
      return;
    }
    attempt(group.first(group.size() / 2));
    attempt(group.subspan(group.size() / 2));
  }

  /// What speaks against making these fixes as well as those taken so far; nothing if they are taken, too.
  std::optional<std::string> try_with(std::span<const Candidate> group) {
    const LintRun& run = result_.now();
    EditSet edits = edits_;
    FindingKeys expected(run);
    for (const std::string& key : taken_) expected.remove(key);
    for (const Candidate& candidate : group) {
      edits.add(candidate.fix->edits);
      expected.remove(candidate.key);
    }
    OverlayFiles files = overlay_;
    for (const auto& [id, own] : edits.by_file()) {
      const File& file = run.input->sources[id];
      files.put(file.path(), edited(file, own));
    }
    LintRun trial = lint_again_(files);
    if (count_problems(*trial.input) > count_problems(*run.input)) return "what parses now would not";
    if (const Diagnostic* finding = FindingKeys(trial).first_beyond(expected)) return objection_to(*finding, group, trial);
    for (const Candidate& candidate : group) taken_.push_back(candidate.key);
    edits_ = std::move(edits);
    reached_ = std::move(trial);
    return std::nullopt;
  }

  static std::string objection_to(const Diagnostic& finding, std::span<const Candidate> group, const LintRun& trial) {
    const std::string key = finding_key(finding, trial.input->sources);
    const bool stays = std::any_of(group.begin(), group.end(), [&](const Candidate& candidate) { return candidate.key == key; });
    if (stays) return "the finding would stay";
    return format("it would bring about {}: {}", finding.rule->id, finding.message);
  }

  void leave(std::size_t finding, const Fix& fix, std::string reason) { result_.left.push_back({finding, fix.title, std::move(reason)}); }

  void remember_changes() {
    const Sources& sources = result_.now().input->sources;
    for (const auto& [id, own] : edits_.by_file()) {
      const std::shared_ptr<const File>& file = sources.share(id);
      ChangedFile& changed = changed_[file->path()];
      if (changed.before == nullptr) changed.before = file;
      changed.after = edited(*file, own);
      overlay_.put(file->path(), changed.after);
    }
  }

  const LintAgain& lint_again_;
  const FixOptions& options_;
  OverlayFiles overlay_;  ///< with the fixes of all rounds before
  FixRun result_;
  std::map<std::string, ChangedFile> changed_;

  // Of this round:
  std::map<std::size_t, std::string> refused_;  ///< findings whose fix is not to be made, and why
  bool waits_ = false;                          ///< whether a fix met another one
  EditSet edits_;
  std::vector<std::string> taken_;  ///< keys of the findings they fix
  std::optional<LintRun> reached_;  ///< what is found with them
};

}  // namespace

FixRun make_fixes(const FileSystem& files, const LintAgain& lint_again, const FixOptions& options) {
  return Fixer(files, lint_again, options).run();
}

std::size_t count_open(const LintRun& run) {
  return static_cast<std::size_t>(std::count_if(run.findings.begin(), run.findings.end(), is_open));
}

std::string edited(const File& file, const std::vector<Edit>& edits) {
  std::vector<Edit> stored;
  stored.reserve(edits.size());
  for (const Edit& edit : edits) {
    const auto begin = static_cast<std::uint32_t>(file.stored_offset(edit.where.begin));
    const auto end = static_cast<std::uint32_t>(file.stored_offset(edit.where.end));
    stored.push_back({{edit.where.file, begin, end}, file.encode(edit.text)});
  }
  return apply_edits(file.stored(), stored);
}

}  // namespace hop
