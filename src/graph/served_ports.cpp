#include "graph/served_ports.h"

#include <algorithm>

#include "graph/target_port.h"

namespace hop {
namespace {

bool any_meet(const std::vector<ServedPort>& ports) {
  constexpr std::size_t few = 16;  // more are not compared, but taken to meet
  if (ports.size() > few) return true;
  for (std::size_t i = 1; i < ports.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool same_number = ports[i].port.node["port"].str() == ports[j].port.node["port"].str();
      if (same_number || pod_port(ports[i].port).str() == pod_port(ports[j].port).str()) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<ServedPort> served_ports(const Graph& graph, const Workload& workload) {
  std::size_t count = 0;
  for (const Service& service : graph.services_of(workload)) count += service.spec()["ports"].size();
  if (count < 2) return {};
  std::vector<ServedPort> ports;
  for (const Service& service : graph.services_of(workload)) {
    for (yaml::Node node : service.ports()) ports.push_back({service, ServicePort{node}});
  }
  if (!any_meet(ports)) return {};
  if (graph.services_of(workload).size() > 1)
    std::stable_sort(ports.begin(), ports.end(),
                     [](const ServedPort& a, const ServedPort& b) { return a.service->name < b.service->name; });
  return ports;
}

}  // namespace hop
