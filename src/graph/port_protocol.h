#pragma once
// Where Istio has to guess what a Service port speaks. Rules about port names read this.
// Source: istio.io/docs/ops/configuration/traffic-management/protocol-selection.

#include <vector>

#include "graph/graph.h"

namespace hop {

/// Of Services of any type whose pods may be in the mesh, in resource order: Graph::guessed_ports. Those of Istio's own installation are
/// left out, UDP ports too, and those that Istio takes for TCP by their number. A port whose `appProtocol`, or else name, is none of the
/// protocols that Istio knows.
struct GuessedPort {
  Service service;
  ServicePort port;
  bool by_name = false;    ///< there is no `appProtocol`: the name says nothing
  bool by_prefix = false;  ///< `appProtocol` is one of them up to a dash, where Istio stops reading
};

/// Adds what Graph::guessed_ports keeps of one Service.
void guess_ports(const Graph& graph, const Service& service, std::vector<GuessedPort>& found);

}  // namespace hop
