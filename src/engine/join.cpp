#include "engine/join.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/read.h"
#include "engine/rule_results.h"
#include "text/ensure.h"

namespace hop {
namespace {

void add_files(Input&& from, Input& to) {
  const std::size_t before = to.sources.size();
  for (std::size_t i = 0; i < from.sources.size(); ++i) to.sources.add(from.sources.share(static_cast<FileId>(i)));
  for (ReadFile& file : from.files) renumber(file, static_cast<FileId>(before + static_cast<std::size_t>(file.file)));
  std::ranges::move(from.files, std::back_inserter(to.files));
}

void add_findings(std::vector<Diagnostic>&& from, std::size_t files_before, std::vector<Diagnostic>& to) {
  for (Diagnostic& finding : from) {
    each_place(finding, [&](Span& place) {
      if (place.file != no_file) place.file = static_cast<FileId>(files_before + static_cast<std::size_t>(place.file));
    });
  }
  std::ranges::move(from, std::back_inserter(to));
}

void add_summary(const Summary& from, Summary& to) {
  constexpr std::size_t Summary::* counts[] = {&Summary::files,     &Summary::documents,     &Summary::resources,
                                               &Summary::templates, &Summary::not_manifests, &Summary::unreadable};
  for (const auto count : counts) to.*count += from.*count;
  to.references.found += from.references.found;
  to.references.missing += from.references.missing;
  to.references.outside += from.references.outside;
}

void add_times(const Timing& from, Timing& to) {
  for (const auto& [stage, time] : from.stages) {
    const auto known = std::ranges::find(to.stages, stage, &std::pair<std::string, double>::first);
    known == to.stages.end() ? void(to.stages.emplace_back(stage, time)) : void(known->second += time);
  }
}

}  // namespace

LintRun join(std::vector<LintRun> runs) {
  HOP_ENSURE(!runs.empty());
  LintRun all = std::move(runs.front());
  if (runs.size() == 1) return all;
  all.graph.reset();
  for (LintRun& run : std::span(runs).subspan(1)) {
    run.graph.reset();
    add_findings(std::move(run.findings), all.input->sources.size(), all.findings);
    add_files(std::move(*run.input), *all.input);
    add_summary(run.summary, all.summary);
    add_times(run.timing, all.timing);
    std::ranges::move(run.failures, std::back_inserter(all.failures));
    all.whole_root = all.whole_root && run.whole_root;
  }
  sort_and_merge(all.findings, all.input->sources);
  number_equals(all.findings);
  count_findings(all);
  return all;
}

}  // namespace hop
