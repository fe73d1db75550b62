#include "graph/machines.h"

#include "model/istio/policy_views.h"
#include "model/selector.h"

namespace hop {
namespace {

constexpr std::size_t looked_at = 1000;  ///< machines that one selector is held against

Labels labels_of(const Resource& machine) {
  return Labels{machine.kind == Kind::workload_group ? WorkloadGroup(machine).labels() : machine.spec()["labels"]};
}

}  // namespace

Truth selects_machine(const Graph& graph, const Resource& from, yaml::Node labels, bool any_namespace, yaml::Node more) {
  Truth any = Truth::no;
  for (Kind kind : {Kind::workload_entry, Kind::workload_group}) {
    const auto machines = graph.of(kind);
    if (machines.size() > looked_at) any = Truth::unknown;
    for (const Resource* machine : machines.first(std::min(machines.size(), looked_at))) {
      const Truth near = any_namespace ? truth(graph.sees(from, *machine)) : graph.same_namespace(from, *machine);
      if (near == Truth::no) continue;
      const Labels own = labels_of(*machine);
      any = any || (near && (machine->opaque ? Truth::unknown : matches(labels, own) && matches(more, own)));
    }
  }
  return any;
}

}  // namespace hop
