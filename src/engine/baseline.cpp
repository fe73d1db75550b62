#include "engine/baseline.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "engine/paths.h"
#include "engine/select.h"
#include "text/format.h"
#include "yaml/document.h"
#include "yaml/parse.h"

namespace hop {
namespace {

constexpr std::uint64_t size_limit = 256U << 20U;

std::string object_text(const Diagnostic& finding, const Sources& sources) {
  if (finding.object) {
    const ObjectId& object = *finding.object;
    return format("{} {}{}{}", object.kind, object.ns, object.ns.empty() ? "" : "/", object.name);
  }
  return finding.where ? sources[finding.where.file].path() : std::string();
}

/// Whether each of the paths lies in one of these folders, or is one of them.
bool hold_all(const std::vector<std::string>& folders, const std::vector<std::string>& paths) {
  return std::ranges::all_of(paths, [&](const std::string& path) {
    return std::ranges::any_of(folders, [&](const std::string& folder) { return folder == path || path_below(folder, path).has_value(); });
  });
}

Failure not_one(const std::string& path, const std::string& why) { return {format("`{}` is no baseline: {}", path, why)}; }

}  // namespace

Baseline baseline_of(const LintRun& run, std::vector<std::string> paths) {
  Baseline baseline;
  baseline.paths = std::move(paths);
  for (const Diagnostic& finding : run.findings) {
    if (finding.suppressed) continue;
    baseline.findings.push_back(
        {finding.fingerprint, std::string(finding.rule->id), object_text(finding, run.input->sources), finding.message});
  }
  const auto key = [](const BaselineEntry& entry) { return std::tie(entry.rule, entry.object, entry.fingerprint); };
  std::sort(baseline.findings.begin(), baseline.findings.end(),
            [&](const BaselineEntry& a, const BaselineEntry& b) { return key(a) < key(b); });
  return baseline;
}

Result<Baseline> read_baseline(const FileSystem& files, const std::string& path) {
  auto content = files.read(path, size_limit);
  if (!content) return Failure{format("cannot read `{}`: {}", path, content.reason())};
  const auto file = File::from_bytes(path, std::move(*content));
  const yaml::Document document(yaml::parse(file->text(), file), FileId{0}, 0);
  if (!document.tree().problems.empty()) {
    const yaml::Problem& problem = document.tree().problems.front();
    return not_one(path, format("line {}: {}", file->position(problem.begin).line, problem.message));
  }
  const yaml::Node root = document.root();
  if (root["schema"].str() != "1") return not_one(path, "it lacks `schema: 1`");
  if (root["findings"] && !root["findings"].is_sequence()) return not_one(path, "`findings` is no list");
  Baseline baseline;
  for (const yaml::Node item : root["paths"].items()) baseline.paths.emplace_back(item.str());
  for (const yaml::Node item : root["findings"].items()) {
    if (item["fingerprint"].str().empty()) {
      return not_one(path, format("line {}: an entry without a fingerprint", file->position(item.span().begin).line));
    }
    baseline.findings.push_back({std::string(item["fingerprint"].str()), std::string(item["rule"].str()), std::string(item["object"].str()),
                                 std::string(item["message"].str())});
  }
  return baseline;
}

void apply_baseline(const Baseline& baseline, LintRun& run) {
  std::set<std::string_view> known;
  for (const BaselineEntry& entry : baseline.findings) known.insert(entry.fingerprint);
  for (Diagnostic& finding : run.findings) {
    finding.baseline = known.contains(finding.fingerprint) ? BaselineState::unchanged : BaselineState::fresh;
  }
  count_findings(run);
}

std::vector<BaselineEntry> no_longer_found(const Baseline& baseline, const LintRun& run, const std::vector<std::string>& paths,
                                           const std::vector<const Settings*>& roots) {
  const bool is_whole = baseline.paths.empty() ? run.whole_root : hold_all(paths, baseline.paths);
  if (!is_whole) return {};
  std::set<std::string_view> found, did_not_run;
  for (const Diagnostic& finding : run.findings) {
    if (!finding.suppressed) found.insert(finding.fingerprint);
  }
  for (const RuleInfo* rule : every_rule()) {
    if (std::ranges::none_of(roots, [&](const Settings* settings) { return Chosen(*settings).wants(*rule); })) did_not_run.insert(rule->id);
  }
  std::vector<BaselineEntry> gone;
  std::ranges::copy_if(baseline.findings, std::back_inserter(gone),
                       [&](const BaselineEntry& entry) { return !found.contains(entry.fingerprint) && !did_not_run.contains(entry.rule); });
  return gone;
}

}  // namespace hop
