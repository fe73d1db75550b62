#include "engine/baseline.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

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

Failure not_one(const std::string& path, const std::string& why) { return {format("`{}` is no baseline: {}", path, why)}; }

}  // namespace

Baseline baseline_of(const LintRun& run) {
  Baseline baseline;
  for (const Diagnostic& finding : run.findings) {
    if (finding.suppressed) continue;
    baseline.push_back({finding.fingerprint, std::string(finding.rule->id), object_text(finding, run.input->sources), finding.message});
  }
  const auto key = [](const BaselineEntry& entry) { return std::tie(entry.rule, entry.object, entry.fingerprint); };
  std::sort(baseline.begin(), baseline.end(), [&](const BaselineEntry& a, const BaselineEntry& b) { return key(a) < key(b); });
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
  for (const yaml::Node item : root["findings"].items()) {
    if (item["fingerprint"].str().empty()) {
      return not_one(path, format("line {}: an entry without a fingerprint", file->position(item.span().begin).line));
    }
    baseline.push_back({std::string(item["fingerprint"].str()), std::string(item["rule"].str()), std::string(item["object"].str()),
                        std::string(item["message"].str())});
  }
  return baseline;
}

Baseline apply_baseline(const Baseline& baseline, LintRun& run) {
  std::map<std::string_view, bool> seen;
  for (const BaselineEntry& entry : baseline) seen.emplace(entry.fingerprint, false);
  for (Diagnostic& finding : run.findings) {
    const auto known = seen.find(finding.fingerprint);
    finding.baseline = known == seen.end() ? BaselineState::fresh : BaselineState::unchanged;
    if (known != seen.end() && !finding.suppressed) known->second = true;
  }
  count_findings(run);
  Baseline stale;
  std::copy_if(baseline.begin(), baseline.end(), std::back_inserter(stale),
               [&](const BaselineEntry& entry) { return !seen.at(entry.fingerprint); });
  return stale;
}

}  // namespace hop
