#pragma once
// The ports of all Services of one workload side by side: what rules about Services that disagree compare.
// Source: istio.io/docs/ops/deployment/application-requirements.

#include <vector>

#include "graph/graph.h"

namespace hop {

struct ServedPort {
  Service service;
  ServicePort port;
};

/// By the Services' names, so that what is shown does not depend on the files' order; empty where no two have one number or lead to one
/// port of the pods: those cannot disagree.
std::vector<ServedPort> served_ports(const Graph& graph, const Workload& workload);

}  // namespace hop
