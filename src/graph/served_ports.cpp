#include "graph/served_ports.h"

#include <algorithm>

namespace hop {

std::vector<ServedPort> served_ports(const Graph& graph, const Workload& workload) {
  std::size_t count = 0;
  for (const Service& service : graph.services_of(workload)) count += service.spec()["ports"].size();
  if (count < 2) return {};
  std::vector<ServedPort> ports;
  for (const Service& service : graph.services_of(workload)) {
    for (yaml::Node node : service.ports()) ports.push_back({service, ServicePort{node}});
  }
  std::stable_sort(ports.begin(), ports.end(), [](const ServedPort& a, const ServedPort& b) { return a.service->name < b.service->name; });
  return ports;
}

}  // namespace hop
