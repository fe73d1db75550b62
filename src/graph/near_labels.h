#pragma once
// A selector that matches nothing, and the label it probably meant.

#include <optional>

#include "graph/graph.h"

namespace hop {

struct LabelSlip {
  yaml::Node wanted;  ///< the selector's value
  yaml::Node label;   ///< the label of a workload in the manifests that differs by a slip
};

/// Whether no workload of the namespace of `from` carries these labels, and something proves it: the namespace is complete, or others of
/// its workloads are among the manifests. No labels select everything.
bool selects_nothing(const Graph& graph, const Resource& from, yaml::Node labels);

/// The first pair of `selector` that is a slip away from a label of a workload in the namespace of `from`.
std::optional<LabelSlip> find_label_slip(const Graph& graph, const Resource& from, yaml::Node selector);

}  // namespace hop
