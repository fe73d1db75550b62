#pragma once
// What load balancers lead to, in short: the routes of VirtualServices on gateways behind them, and backends of Ingresses. Rules about pods
// that take no request from outside read this. Knows nothing of protocols; src/chain follows every hop.

#include <functional>
#include <span>
#include <vector>

#include "graph/graph.h"

namespace hop {

struct OutsideRoute {
  const Resource* from = nullptr;     ///< the VirtualService, or the Ingress
  yaml::Node route;                   ///< of a VirtualService; absent of an Ingress
  yaml::Node place;                   ///< what names the Service
  std::span<const Workload> gateway;  ///< the pods in between; none where the load balancer sends straight to the Service
  const Resource* service = nullptr;
  std::vector<Workload> pods;  ///< all that the route may lead to; empty where others are meant, or may be
};

/// Calls `each` for every one in the order of Gateways and their routes, then of Ingresses. Mirrors and routes of no weight are left out.
void each_outside_route(const Graph& graph, const std::function<void(const OutsideRoute&)>& each);

}  // namespace hop
