#include "graph/machines.h"

#include <algorithm>

#include "graph/answers.h"
#include "model/istio/policy_views.h"

namespace hop {
namespace {

constexpr std::size_t looked_at = 1000;  ///< machines that one selector is held against

/// Calls `visit` with each machine that is near enough to be selected, and whether it is for certain.
template <class Visit>
void for_each_near(const Graph& graph, const Resource& from, bool any_namespace, Visit visit) {
  for (Kind kind : {Kind::workload_entry, Kind::workload_group}) {
    const auto machines = graph.of(kind);
    for (const Resource* machine : machines.first(std::min(machines.size(), looked_at))) {
      const Truth near = any_namespace ? truth(graph.sees(from, *machine)) : graph.same_namespace(from, *machine);
      if (near != Truth::no) visit(*machine, near);
    }
  }
}

bool are_many(const Graph& graph) {
  return graph.of(Kind::workload_entry).size() > looked_at || graph.of(Kind::workload_group).size() > looked_at;
}

}  // namespace

Labels machine_labels(const Resource& machine) {
  return Labels{machine.kind == Kind::workload_group ? WorkloadGroup(machine).labels() : machine.spec()["labels"]};
}

yaml::Node machine_account(const Resource& machine) {
  return machine.kind == Kind::workload_group ? WorkloadGroup(machine).service_account() : machine.spec()["serviceAccount"];
}

std::vector<const Resource*> machines_of(const Graph& graph, const Resource& from, yaml::Node labels, bool any_namespace) {
  std::vector<const Resource*> machines;
  for_each_near(graph, from, any_namespace, [&](const Resource& machine, Truth near) {
    const bool selected = near == Truth::yes && !machine.opaque && matches(labels, machine_labels(machine)) == Truth::yes;
    if (selected) machines.push_back(&machine);
  });
  return machines;
}

const std::vector<const Resource*>& SelectedMachines::of(const Resource& from, yaml::Node labels, bool any_namespace) {
  if (graph_.of(Kind::workload_entry).empty() && graph_.of(Kind::workload_group).empty()) return none_;
  std::string question;
  add_standpoint(question, from, any_namespace);
  add_labels(question, labels);
  const auto [known, fresh] = known_.try_emplace(std::move(question));
  if (fresh) known->second = machines_of(graph_, from, labels, any_namespace);
  return known->second;
}

Truth selects_machine(const Graph& graph, const Resource& from, yaml::Node labels, bool any_namespace, yaml::Node more) {
  Truth any = are_many(graph) ? Truth::unknown : Truth::no;
  for_each_near(graph, from, any_namespace, [&](const Resource& machine, Truth near) {
    const Labels own = machine_labels(machine);
    any = any || (near && (machine.opaque ? Truth::unknown : matches(labels, own) && matches(more, own)));
  });
  return any;
}

}  // namespace hop
