#include "engine/run_rules.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "engine/parallel.h"
#include "engine/select.h"
#include "rule/table.h"

namespace hop {
namespace {

/// Large enough that handing it out costs nothing, small enough that the last one keeps nobody waiting.
constexpr std::size_t chunk_size = 256;

/// A rule over everything, or over some resources of one kind.
struct Task {
  const Rule* rule = nullptr;
  std::span<const Resource* const> resources;
};

void add_local_tasks(const Graph& graph, const Rule& rule, std::vector<Task>& tasks) {
  for (unsigned i = 0; i < static_cast<unsigned>(Kind::count_); ++i) {
    const auto kind = static_cast<Kind>(i);
    if (!rule.reads.has(kind)) continue;
    for (auto rest = graph.of(kind); !rest.empty(); rest = rest.subspan(std::min(rest.size(), chunk_size))) {
      tasks.push_back({&rule, rest.first(std::min(rest.size(), chunk_size))});
    }
  }
}

std::vector<Diagnostic> run(const Graph& graph, const Task& task) {
  Report report(task.rule->info);
  if (task.rule->check != nullptr) task.rule->check(graph, report);
  for (const Resource* resource : task.resources) {
    if (resource->linted()) task.rule->check_one(*resource, report);
  }
  return report.take();
}

}  // namespace

std::vector<Diagnostic> run_rules(const Graph& graph, const Settings& settings) {
  const Chosen chosen(settings);
  std::vector<Task> tasks;
  for (const RuleEntry& entry : all_rules()) {
    const Rule& rule = *entry.rule;
    if (!chosen.wants(rule.info)) continue;
    if (rule.check != nullptr) tasks.push_back({&rule, {}});
    if (rule.check_one != nullptr) add_local_tasks(graph, rule, tasks);
  }
  std::vector<std::vector<Diagnostic>> results(tasks.size());
  for_each_index(tasks.size(), settings.jobs, [&](std::size_t i) { results[i] = run(graph, tasks[i]); });
  std::vector<Diagnostic> findings;
  for (auto& result : results) std::ranges::move(result, std::back_inserter(findings));
  return findings;
}

}  // namespace hop
