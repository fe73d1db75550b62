#include "engine/rule_results.h"

#include <algorithm>
#include <iterator>

#include "engine/parallel.h"
#include "engine/select.h"
#include "rule/table.h"

namespace hop {
namespace {

/// As many resources as are looked at in one task.
constexpr std::size_t chunk_size = 256;

/// As many tasks as each thread gets before somebody may leave off.
constexpr std::size_t tasks_per_job = 4;

bool meet(const KindSet& a, const KindSet& b) {
  const KindSet rest = a.without(b);
  return !a.without(rest).empty();
}

}  // namespace

std::vector<Diagnostic> RuleResults::all() const {
  std::vector<Diagnostic> findings;
  for (const auto& [rule, found] : whole) findings.insert(findings.end(), found.begin(), found.end());
  for (const auto& [file, found] : local) findings.insert(findings.end(), found.begin(), found.end());
  return findings;
}

void each_place(Diagnostic& finding, const std::function<void(Span& place)>& change) {
  change(finding.where);
  for (Note& note : finding.notes) change(note.where);
  for (Step& step : finding.chain) change(step.where);
  for (Fix& fix : finding.fixes) {
    for (Edit& edit : fix.edits) change(edit.where);
  }
}

RuleRun::RuleRun(const Graph& graph, const Settings& settings, const KindSet& touched, const std::set<FileId>* files)
    : graph_(graph), settings_(settings), local_(static_cast<std::size_t>(Kind::count_)), everything_(files == nullptr) {
  if (files != nullptr) files_ = *files;
  const Chosen chosen(settings);
  for (const RuleEntry& entry : all_rules()) {
    const Rule& rule = *entry.rule;
    if (!chosen.wants(rule.info)) continue;
    // What looks at a resource in the light of the others is kept no longer than what looks at everything.
    if (rule.check_one == nullptr && (everything_ || meet(rule.reads, touched))) tasks_.push_back({&rule});
    for (std::size_t kind = 0; kind < local_.size() && rule.check_one != nullptr; ++kind) {
      if (rule.reads.has(static_cast<Kind>(kind))) local_[kind].push_back(&rule);
    }
  }
  add_local(files);
}

void RuleRun::add_local(const std::set<FileId>* files) {
  std::vector<const Resource*> resources;
  const auto flush = [&] {
    if (!resources.empty()) tasks_.push_back({nullptr, std::move(resources)});
    resources.clear();
  };
  for (const Resource& resource : graph_.resources()) {
    if (!resource.linted() || local_[static_cast<std::size_t>(resource.kind)].empty()) continue;
    if (files != nullptr && !files->contains(resource.root.document()->file())) continue;
    resources.push_back(&resource);
    if (resources.size() == chunk_size) flush();
  }
  flush();
}

void RuleRun::run(Task& task) const {
  if (task.rule != nullptr) {
    Report report(task.rule->info);
    run_rule(*task.rule, graph_, report);
    task.found = report.take();
    return;
  }
  for (const Resource* resource : task.resources) {
    for (const Rule* rule : local_[static_cast<std::size_t>(resource->kind)]) {
      Report report(rule->info);
      rule->check_one(*resource, report);
      std::ranges::move(report.take(), std::back_inserter(task.found));
    }
  }
}

bool RuleRun::step() {
  const std::size_t count = std::min(left(), job_count(settings_.jobs) * tasks_per_job);
  for_each_index(count, settings_.jobs, [&](std::size_t i) { run(tasks_[done_ + i]); });
  done_ += count;
  return left() > 0;
}

bool RuleRun::runs(std::string_view id) const {
  return everything_ || std::ranges::any_of(tasks_, [&](const Task& task) { return task.rule != nullptr && task.rule->info.id == id; });
}

void RuleRun::take_into(RuleResults& results) {
  if (everything_) results = {};
  for (const FileId file : files_) results.local.erase(file);
  for (Task& task : tasks_) {
    if (task.rule != nullptr) {
      results.whole[task.rule->info.id] = std::move(task.found);
      continue;
    }
    for (Diagnostic& finding : task.found) results.local[finding.where.file].push_back(std::move(finding));
  }
}

}  // namespace hop
