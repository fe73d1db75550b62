#include "graph/gateway_port.h"

#include <algorithm>

namespace hop {

bool listens_on(const GatewayServer& server, const Service& service, const ServicePort& port) {
  const auto number = server.port();
  if (!number.is_known()) return false;
  if (port.number().is_known() && *port.number() == *number) return true;
  if (service.find_port(*number).port) return false;
  const auto target = integer_of(port.target_port());
  return target.is_known() && *target == *number;
}

Truth expects_tls(const GatewayServer& server) {
  const auto protocol = server.protocol();
  if (!protocol.is_known()) return Truth::unknown;
  const Protocol word = parse_protocol(*protocol);
  return word == Protocol::unknown ? Truth::unknown : truth(speaks_tls(word));
}

std::vector<ServerRef> servers_behind(const Graph& graph, const Service& service, const ServicePort& port) {
  std::vector<ServerRef> servers;
  if (!service.has_selector()) return servers;
  std::vector<const Resource*> gateways;
  for (const Workload& workload : graph.pods_of(service).workloads) {
    for (const Gateway& gateway : graph.gateways_of(workload)) {
      if (std::find(gateways.begin(), gateways.end(), gateway.resource) == gateways.end()) gateways.push_back(gateway.resource);
    }
  }
  for (const Resource* gateway : gateways) {
    for (yaml::Node node : Gateway(*gateway).servers()) {
      if (listens_on({node}, service, port)) servers.push_back({gateway, {node}});
    }
  }
  return servers;
}

}  // namespace hop
