#pragma once
// What the subsets of DestinationRules select, and who routes to them.
// Knows nothing of traffic policies. Source: istio.io DestinationRule reference (`Subset`).

#include <string_view>

#include "graph/graph.h"

namespace hop {

/// Whether a VirtualService of the manifests routes to this subset of the rule's host, where that was found.
bool is_routed_to(const Graph& graph, const DestinationRule& rule, std::string_view subset);

/// Whether some endpoint of the host carries the labels: pods and machines that the Service selects, or endpoints of the ServiceEntry.
/// `host` is what the rule's host was found to be.
Truth selects_anything(const Graph& graph, const Resource& host, yaml::Node labels);

}  // namespace hop
