#pragma once
// The gateways that a VirtualService is bound to, and those that its matches name. Source: istio.io VirtualService (`gateways`,
// `HTTPMatchRequest.gateways`).

#include <cstdint>
#include <map>
#include <vector>

#include "graph/graph.h"

namespace hop {

/// References only: `mesh`, and what is no name, has none.
struct GatewayBinding {
  std::vector<const Edge*> bound;
  std::map<std::uint32_t, const Edge*> named;  ///< in matches, by the node that names it
};

inline GatewayBinding gateway_binding(const Graph& graph, const VirtualService& vs) {
  GatewayBinding binding;
  for (const Edge* edge : graph.from(*vs)) {
    if (edge->relation == Relation::virtualservice_gateway) binding.bound.push_back(edge);
    if (edge->relation == Relation::virtualservice_match_gateway) binding.named.emplace(edge->place.index(), edge);
  }
  return binding;
}

}  // namespace hop
