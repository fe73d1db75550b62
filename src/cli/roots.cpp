#include "cli/roots.h"

#include <deque>
#include <set>
#include <utility>

#include "cli/terminal.h"
#include "engine/join.h"
#include "report/wording.h"
#include "text/format.h"
#include "text/unicode.h"

namespace hop {

LintRun Roots::lint(const FileSystem& files, const Each& each) {
  std::vector<LintRun> runs;
  std::deque<std::string> waiting;
  const auto add = [&](const std::vector<InputPath>& paths, const Settings& settings) {
    LintRun& run = runs.emplace_back(hop::lint(files, paths, settings));
    if (each) each(settings, run);
    for (std::string& folder : std::exchange(run.other_roots, {})) waiting.push_back(std::move(folder));
  };
  add(setup_.inputs, setup_.settings);
  std::set<std::string> seen;
  for (; !waiting.empty(); waiting.pop_front()) {
    const std::string& folder = waiting.front();
    if (!seen.insert(files.canonical(folder)).second) continue;  // by two ways
    if (const Settings* const settings = settings_of(files, folder)) {
      add({{folder, std::nullopt}}, *settings);
    } else {
      runs.front().failures.push_back(format("`{}` is not checked: its configuration cannot be used", folder));
    }
  }
  return join(std::move(runs));
}

const Settings* Roots::settings_of(const FileSystem& files, const std::string& folder) {
  const std::string address = files.canonical(folder);
  auto known = below_.find(address);
  if (known == below_.end()) known = below_.emplace(address, settings_of_root(files, folder, options_)).first;
  const std::optional<Settings>& settings = known->second;
  return settings ? &*settings : nullptr;
}

std::vector<const Settings*> Roots::settings() const {
  std::vector<const Settings*> all{&setup_.settings};
  for (const auto& [folder, settings] : below_) {
    if (settings) all.push_back(&*settings);
  }
  return all;
}

namespace {

/// Calls `use` with the place of each and what is wrong there.
template <class Use>
void each_unseen(const LintRun& run, Use use) {
  for (const ReadFile& file : run.input->files) {
    if (!file.unreadable.empty() && !file.named) use(Span{file.file, 0, 0}, format("cannot be read: {}", file.unreadable.view()));
    for (const ReadDocument& document : file.documents) {
      if (document.is != DocumentClass::broken) continue;
      for (const yaml::Problem& problem : document.document->tree().problems) {
        use(document.document->span(problem.begin, problem.end), problem.message);
      }
    }
  }
}

}  // namespace

bool tell_unseen(const LintRun& run) {
  for (const std::string& failure : run.failures) complain("hoplint: " + failure);
  if (!run.failures.empty() || !run.graph) return false;
  each_unseen(run, [&](Span place, const std::string& what) {
    complain(format("hoplint: {}: {}", location(run.input->sources, place), escape_controls(what)));
  });
  for (const std::string& root : run.other_roots) complain(format("hoplint: `{}` has a .hoplint.yaml of its own and was left out", root));
  const bool is_elsewhere = run.summary.files == 0 && !run.other_roots.empty();
  if (is_elsewhere) complain("hoplint: nothing else lies here; name the folder");
  return !is_elsewhere;
}

std::size_t count_unseen(const LintRun& run) {
  std::size_t count = 0;
  each_unseen(run, [&](Span, const std::string&) { ++count; });
  return count;
}

}  // namespace hop
