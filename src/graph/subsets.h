#pragma once
// What the subsets of DestinationRules select, and who routes to them.
// Knows nothing of traffic policies. Source: istio.io DestinationRule reference (`Subset`).

#include <string_view>
#include <unordered_set>

#include "graph/graph.h"

namespace hop {

/// The subsets of the rule's host, where that was found, that VirtualServices of the manifests route to. Linear in those.
std::unordered_set<std::string_view> routed_subsets(const Graph& graph, const DestinationRule& rule);

/// Whether some endpoint of the host carries the labels: pods and machines that the Service selects, or endpoints of the ServiceEntry.
/// `host` is what the rule's host was found to be.
Truth selects_anything(const Graph& graph, const Resource& host, yaml::Node labels);

}  // namespace hop
