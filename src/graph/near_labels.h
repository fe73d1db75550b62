#pragma once
// A selector that matches nothing, and the label it probably meant.

#include <optional>

#include "graph/graph.h"

namespace hop {

struct LabelSlip {
  yaml::Node wanted;  ///< the selector's value
  yaml::Node label;   ///< the label of a workload in the manifests that differs by a slip
};

/// The first pair of `selector` that is a slip away from a label of a workload in the namespace of `from`.
std::optional<LabelSlip> find_label_slip(const Graph& graph, const Resource& from, yaml::Node selector);

}  // namespace hop
