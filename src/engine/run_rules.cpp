#include "engine/run_rules.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "engine/select.h"
#include "rule/table.h"
#include "text/parallel.h"

namespace hop {
namespace {

/// Large enough that handing it out costs nothing, small enough that the last one keeps nobody waiting.
constexpr std::size_t chunk_size = 256;

/// A rule over everything, or all rules that look at each resource of a kind over some of them: one after the other, while they are at
/// hand.
struct Task {
  const Rule* rule = nullptr;
  std::span<const Rule* const> each;
  std::span<const Resource* const> resources;
};

std::vector<Diagnostic> run(const Graph& graph, const Task& task) {
  if (task.rule != nullptr) {
    Report report(task.rule->info);
    task.rule->check(graph, report);
    return report.take();
  }
  std::vector<Report> reports;
  for (const Rule* rule : task.each) reports.emplace_back(rule->info);
  for (const Resource* resource : task.resources) {
    if (!resource->linted()) continue;
    for (std::size_t i = 0; i < reports.size(); ++i) task.each[i]->look(graph, *resource, reports[i]);
  }
  std::vector<Diagnostic> findings;
  for (Report& report : reports) std::ranges::move(report.take(), std::back_inserter(findings));
  return findings;
}

/// The rules that look at each resource of a kind.
using RulesByKind = std::array<std::vector<const Rule*>, static_cast<std::size_t>(Kind::count_)>;

void add_by_kind(const Rule& rule, RulesByKind& each) {
  for (std::size_t kind = 0; kind < each.size(); ++kind) {
    if (rule.looks_at_each(static_cast<Kind>(kind))) each[kind].push_back(&rule);
  }
}

void add_tasks(const Graph& graph, const RulesByKind& each, std::vector<Task>& tasks) {
  for (std::size_t kind = 0; kind < each.size(); ++kind) {
    if (each[kind].empty()) continue;
    for (auto rest = graph.of(static_cast<Kind>(kind)); !rest.empty(); rest = rest.subspan(std::min(rest.size(), chunk_size))) {
      tasks.push_back({nullptr, each[kind], rest.first(std::min(rest.size(), chunk_size))});
    }
  }
}

}  // namespace

std::vector<Diagnostic> run_rules(const Graph& graph, const Settings& settings) {
  const Chosen chosen(settings);
  std::vector<Task> tasks;
  RulesByKind each;
  for (const RuleEntry& entry : all_rules()) {
    const Rule& rule = *entry.rule;
    if (!chosen.wants(rule.info)) continue;
    if (rule.check != nullptr) tasks.push_back({&rule, {}, {}});
    if (rule.check == nullptr) add_by_kind(rule, each);
  }
  add_tasks(graph, each, tasks);
  std::vector<std::vector<Diagnostic>> results(tasks.size());
  for_each_index(tasks.size(), settings.jobs, [&](std::size_t i) { results[i] = run(graph, tasks[i]); });
  std::vector<Diagnostic> findings;
  for (auto& result : results) std::ranges::move(result, std::back_inserter(findings));
  return findings;
}

}  // namespace hop
