#include "graph/near_labels.h"

#include "text/words.h"

namespace hop {

bool selects_nothing(const Graph& graph, const Resource& from, yaml::Node labels) {
  if (labels.size() == 0) return false;
  const Graph::Selection& pods = graph.select(from, labels, false);
  return pods.workloads.empty() && !pods.unknown && (graph.complete(from.ns) || graph.has_workloads(from, false));
}

std::optional<LabelSlip> find_label_slip(const Graph& graph, const Resource& from, yaml::Node selector) {
  const std::vector<Workload> near = graph.workloads_in(from);
  for (const auto& [key, value] : selector.entries()) {
    for (const Workload& workload : near) {
      const auto label = workload.labels()[key.str()];
      if (label.is_known() && slip(value.str(), *label)) return LabelSlip{value, label.node()};
    }
  }
  return std::nullopt;
}

}  // namespace hop
