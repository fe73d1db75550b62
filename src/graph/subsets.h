#pragma once
// What the subsets of DestinationRules select, and who routes to them.
// Knows nothing of traffic policies. Source: istio.io DestinationRule reference (`Subset`).

#include <set>
#include <string>
#include <string_view>

#include "graph/graph.h"

namespace hop {

/// The subsets that VirtualServices route to.
class RoutedSubsets {
 public:
  explicit RoutedSubsets(const Graph& graph);
  bool contains(const DestinationRule& rule, std::string_view subset) const;

 private:
  const Graph* graph_;
  std::set<std::string> keys_;
};

/// Whether some endpoint of the host carries the labels: pods that the Service selects, or endpoints of the ServiceEntry. `host` is
/// what the rule's host was found to be.
Truth selects_anything(const Graph& graph, const Resource& host, yaml::Node labels);

}  // namespace hop
