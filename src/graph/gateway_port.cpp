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

std::vector<const Resource*> each_once(std::vector<const Resource*> resources) {
  std::sort(resources.begin(), resources.end(), [](const Resource* a, const Resource* b) { return a->id < b->id; });
  resources.erase(std::unique(resources.begin(), resources.end()), resources.end());
  return resources;
}

std::vector<const Resource*> gateways_behind(const Graph& graph, const Service& service) {
  std::vector<const Resource*> gateways;
  if (!service.has_selector()) return gateways;
  for (const Workload& workload : graph.pods_of(service).workloads) {
    for (const Gateway& gateway : graph.gateways_of(workload)) gateways.push_back(gateway.resource);
  }
  return each_once(std::move(gateways));
}

std::vector<ServerRef> servers_of(std::span<const Resource* const> gateways, const Service& service, const ServicePort& port) {
  std::vector<ServerRef> servers;
  for (const Resource* gateway : gateways) {
    for (yaml::Node node : Gateway(*gateway).servers()) {
      if (listens_on({node}, service, port)) servers.push_back({gateway, {node}});
    }
  }
  return servers;
}

std::vector<ServerRef> servers_behind(const Graph& graph, const Service& service, const ServicePort& port) {
  return servers_of(gateways_behind(graph, service), service, port);
}

}  // namespace hop
