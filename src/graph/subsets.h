#pragma once
// What the subsets of DestinationRules select, and who routes to them.
// Knows nothing of traffic policies. Source: istio.io DestinationRule reference (`Subset`).

#include <set>
#include <string_view>
#include <tuple>

#include "graph/graph.h"

namespace hop {

/// The subsets that VirtualServices of the manifests route to. Collected when first asked: few runs ever do.
class RoutedSubsets {
 public:
  explicit RoutedSubsets(const Graph& graph) : graph_(&graph) {}
  bool contains(const DestinationRule& rule, std::string_view subset);

 private:
  void collect();
  using Key = std::tuple<std::uint16_t, std::string_view, std::string_view>;  ///< cluster, completed host, subset
  const Graph* graph_;
  std::set<Key> keys_;
  bool collected_ = false;
};

/// Whether some endpoint of the host carries the labels: pods that the Service selects, or endpoints of the ServiceEntry. `host` is
/// what the rule's host was found to be.
Truth selects_anything(const Graph& graph, const Resource& host, yaml::Node labels);

}  // namespace hop
