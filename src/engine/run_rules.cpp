#include "engine/run_rules.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "engine/parallel.h"
#include "engine/select.h"
#include "rule/table.h"

namespace hop {
namespace {

/// Large enough that handing it out costs nothing, small enough that the last one keeps nobody waiting.
constexpr std::size_t chunk_size = 256;

/// A rule over everything, or all local rules of a kind over some of its resources: one after the other, while they are at hand.
struct Task {
  const Rule* rule = nullptr;
  std::span<const Rule* const> local;
  std::span<const Resource* const> resources;
};

std::vector<Diagnostic> run(const Graph& graph, const Task& task) {
  if (task.rule != nullptr) {
    Report report(task.rule->info);
    task.rule->check(graph, report);
    return report.take();
  }
  std::vector<Report> reports;
  for (const Rule* rule : task.local) reports.emplace_back(rule->info);
  for (const Resource* resource : task.resources) {
    if (!resource->linted()) continue;
    for (std::size_t i = 0; i < reports.size(); ++i) task.local[i]->check_one(*resource, reports[i]);
  }
  std::vector<Diagnostic> findings;
  for (Report& report : reports) std::ranges::move(report.take(), std::back_inserter(findings));
  return findings;
}

/// The local rules that look at each kind.
using LocalRules = std::array<std::vector<const Rule*>, static_cast<std::size_t>(Kind::count_)>;

void add_local(const Rule& rule, LocalRules& local) {
  for (std::size_t kind = 0; kind < local.size(); ++kind) {
    if (rule.reads.has(static_cast<Kind>(kind))) local[kind].push_back(&rule);
  }
}

void add_tasks(const Graph& graph, const LocalRules& local, std::vector<Task>& tasks) {
  for (std::size_t kind = 0; kind < local.size(); ++kind) {
    if (local[kind].empty()) continue;
    for (auto rest = graph.of(static_cast<Kind>(kind)); !rest.empty(); rest = rest.subspan(std::min(rest.size(), chunk_size))) {
      tasks.push_back({nullptr, local[kind], rest.first(std::min(rest.size(), chunk_size))});
    }
  }
}

}  // namespace

std::vector<Diagnostic> run_rules(const Graph& graph, const Settings& settings) {
  const Chosen chosen(settings);
  std::vector<Task> tasks;
  LocalRules local;
  for (const RuleEntry& entry : all_rules()) {
    const Rule& rule = *entry.rule;
    if (!chosen.wants(rule.info)) continue;
    if (rule.check != nullptr) tasks.push_back({&rule, {}, {}});
    if (rule.check_one != nullptr) add_local(rule, local);
  }
  add_tasks(graph, local, tasks);
  std::vector<std::vector<Diagnostic>> results(tasks.size());
  for_each_index(tasks.size(), settings.jobs, [&](std::size_t i) { results[i] = run(graph, tasks[i]); });
  std::vector<Diagnostic> findings;
  for (auto& result : results) std::ranges::move(result, std::back_inserter(findings));
  return findings;
}

}  // namespace hop
