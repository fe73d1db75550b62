#include "engine/rule_results.h"

#include <algorithm>
#include <iterator>

#include "engine/select.h"
#include "rule/table.h"
#include "text/parallel.h"

namespace hop {
namespace {

/// As many resources as are looked at in one task.
constexpr std::size_t chunk_size = 256;

/// As many tasks as each thread gets before somebody may leave off.
constexpr std::size_t tasks_per_job = 4;

}  // namespace

std::vector<Diagnostic> RuleResults::all() const {
  std::vector<Diagnostic> findings;
  for (const auto& [rule, result] : whole) findings.insert(findings.end(), result.found.begin(), result.found.end());
  for (const auto& [file, found] : local) findings.insert(findings.end(), found.begin(), found.end());
  for (const auto& [file, results] : each) {
    for (const Outcome& result : results) findings.insert(findings.end(), result.found.begin(), result.found.end());
  }
  return findings;
}

RuleRun::RuleRun(const Graph& graph, const Settings& settings, const Touched* touched, const RuleResults& before)
    : graph_(graph),
      settings_(settings),
      touched_(touched),
      local_(static_cast<std::size_t>(Kind::count_)),
      each_(static_cast<std::size_t>(Kind::count_)) {
  const Chosen chosen(settings);
  for (const RuleEntry& entry : all_rules()) {
    const Rule& rule = *entry.rule;
    if (!chosen.wants(rule.info)) continue;
    const auto known = rule.check == nullptr ? before.whole.end() : before.whole.find(rule.info.id);
    if (rule.check != nullptr && (known == before.whole.end() || !holds(known->second))) tasks_.push_back({&rule});
    for (std::size_t kind = 0; kind < each_.size(); ++kind) {
      if (rule.looks_at_each(static_cast<Kind>(kind))) (rule.check_one != nullptr ? local_ : each_)[kind].push_back(&rule);
    }
  }
  add_resources(before);
}

void RuleRun::add_resources(const RuleResults& before) {
  Task local{nullptr, true}, each;
  const auto flush = [&](Task& task) {
    if (!task.resources.empty()) tasks_.push_back(task);
    task.resources.clear();
  };
  const auto add = [&](Task& task, const Place& place) {
    task.resources.push_back(place);
    if (task.resources.size() == chunk_size) flush(task);
  };
  Place place{nullptr, no_file, 0};
  const std::vector<Outcome>* known = nullptr;  // of the file at hand; nullptr if nothing of it holds
  for (const Resource& resource : graph_.resources()) {
    if (!resource.linted()) continue;
    const FileId file = resource.root.document()->file();
    if (file != place.file) known = known_of(file, before);
    place = {&resource, file, file == place.file ? place.at + 1 : 0};
    const auto kind = static_cast<std::size_t>(resource.kind);
    if (!local_[kind].empty() && (touched_ == nullptr || touched_->files.contains(file))) add(local, place);
    const bool is_known = known != nullptr && place.at < known->size() && holds((*known)[place.at]);
    if (!each_[kind].empty() && !is_known) add(each, place);
  }
  flush(local);
  flush(each);
}

const std::vector<Outcome>* RuleRun::known_of(FileId file, const RuleResults& before) const {
  if (touched_ == nullptr || touched_->files.contains(file)) return nullptr;
  const auto found = before.each.find(file);
  return found == before.each.end() ? nullptr : &found->second;
}

/// Whether a result is what would be found again, where it is.
bool RuleRun::holds(const Outcome& before) const {
  if (touched_ == nullptr || touched_->changes.reach(before.reads)) return false;
  // What stands in a file that changed has moved.
  return std::ranges::none_of(before.found, [&](const Diagnostic& finding) {
    bool moved = false;
    each_place(finding, [&](const Span& span) { moved = moved || touched_->files.contains(span.file); });
    return moved;
  });
}

void RuleRun::run(Task& task) const {
  if (task.rule == nullptr) return look(task);
  Reads reads;
  Report report(task.rule->info);
  run_rule(*task.rule, graph_.noting(reads), report);
  task.results.push_back({report.take(), reads.take()});
}

void RuleRun::look(Task& task) const {
  for (const Place& place : task.resources) {
    Reads reads;
    const Graph graph = task.local ? graph_ : graph_.noting(reads);
    std::vector<Diagnostic> found;
    for (const Rule* rule : (task.local ? local_ : each_)[static_cast<std::size_t>(place.resource->kind)]) {
      Report report(rule->info);
      rule->look(graph, *place.resource, report);
      std::ranges::move(report.take(), std::back_inserter(found));
    }
    if (task.local) {
      std::ranges::move(found, std::back_inserter(task.found));
    } else {
      task.results.push_back({std::move(found), reads.take()});
    }
  }
}

bool RuleRun::step() {
  const std::size_t count = std::min(left(), job_count(settings_.jobs) * tasks_per_job);
  for_each_index(count, settings_.jobs, [&](std::size_t i) { run(tasks_[done_ + i]); });
  done_ += count;
  return left() > 0;
}

void RuleRun::take_into(RuleResults& results) {
  if (touched_ == nullptr) results = {};
  for (const FileId file : touched_ == nullptr ? std::set<FileId>() : touched_->files) {
    results.local.erase(file);
    results.each.erase(file);
  }
  for (Task& task : tasks_) {
    if (task.rule != nullptr) {
      results.whole[task.rule->info.id] = std::move(task.results.front());
      continue;
    }
    for (Diagnostic& finding : task.found) results.local[finding.where.file].push_back(std::move(finding));
    for (std::size_t i = 0; i < task.results.size(); ++i) {
      const Place& place = task.resources[i];
      std::vector<Outcome>& of_file = results.each[place.file];
      if (of_file.size() <= place.at) of_file.resize(place.at + 1);
      of_file[place.at] = std::move(task.results[i]);
    }
  }
}

}  // namespace hop
