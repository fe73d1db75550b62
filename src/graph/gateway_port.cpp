#include "graph/gateway_port.h"

#include <algorithm>

#include "graph/target_port.h"
#include "model/gatewayapi/views.h"

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

bool passes_tls_on(const GatewayServer& server) {
  if (!server.tls() || expects_tls(server) == Truth::no) return false;
  const auto mode = server.tls_mode();
  return mode.is_absent() || mode.equals("PASSTHROUGH") == Truth::yes || mode.equals("AUTO_PASSTHROUGH") == Truth::yes;
}

RouteKind routes_of(const GatewayServer& server) {
  const Protocol protocol = parse_protocol(server.protocol().value_or("HTTP"));
  if (passes_tls_on(server)) return RouteKind::tls;
  return speaks_http(protocol) || protocol == Protocol::unknown ? RouteKind::http : RouteKind::tcp;
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
  // The pods may be installed by other means.
  if (gateways.empty()) {
    for (const Gateway& gateway : graph.gateways_selecting(service)) gateways.push_back(gateway.resource);
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

bool is_status_port(const ServicePort& port) {
  return port.name().equals(status_port_name) == Truth::yes || port.number().equals(status_port) == Truth::yes;
}

bool leads_to_gateway_pods(const Graph& graph, const Service& service) {
  if (!service.has_selector()) return false;
  const Graph::Selection& pods = graph.pods_of(service);
  return !pods.unknown && !pods.workloads.empty() &&
         std::ranges::all_of(pods.workloads, [](const Workload& pod) { return pod.is_gateway(); });
}

bool leads_to_gateway_pods(const TargetGroup& group) {
  if (group.to_gateway()) return true;
  return !group.pods_unknown && !group.pods.empty() &&
         std::ranges::all_of(group.pods, [](const Workload& pod) { return pod.is_gateway(); });
}

namespace {

/// The ports of the servers of many Gateways, which have few between them.
struct ServerPorts {
  explicit ServerPorts(std::span<const Resource* const> gateways) {
    for (const Resource* gateway : gateways) {
      for (yaml::Node node : Gateway(*gateway).servers()) {
        const auto port = GatewayServer{node}.port();
        unknown = unknown || !port.is_known();
        if (port.is_known()) numbers.push_back(*port);
      }
    }
    std::ranges::sort(numbers);
    numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
  }
  std::vector<std::int64_t> numbers;
  bool unknown = false;  ///< one of them is a placeholder, or not written
};

/// Where servers with this port listen on the pods: the port that a Service with the number leads to, else that number.
Truth server_listens_at(const Graph& graph, const Workload& workload, std::int64_t server_port, std::int64_t pod_port) {
  bool translated = false;
  for (const Service& service : graph.services_of(workload)) {
    for (yaml::Node node : service.ports()) {
      const ServicePort port{node};
      if (port.number().equals(server_port) != Truth::yes) continue;
      translated = true;
      const auto number = pod_port_number(port);
      if (!number || *number == pod_port) return number ? Truth::yes : Truth::unknown;
    }
  }
  return truth(!translated && server_port == pod_port);
}

/// Listeners of the Gateway of the Gateway API that the pods were made for.
Truth api_listens_at(const Graph& graph, const Workload& workload, std::int64_t pod_port) {
  const auto name = text_of(workload.labels().node["gateway.networking.k8s.io/gateway-name"]);
  if (!name.is_known()) return name.is_unknown() ? Truth::unknown : Truth::no;
  const Lookup found = graph.find(*workload, Kind::k8s_gateway, workload->ns, *name);
  if (!found.found()) return Truth::unknown;
  Truth any = Truth::no;
  for (yaml::Node listener : K8sGateway(*found.target).listeners()) any = any || integer_of(listener["port"]).equals(pod_port);
  return any;
}

}  // namespace

Truth listens_at(const Graph& graph, const Workload& gateway, std::int64_t pod_port) {
  std::vector<const Resource*> gateways;
  for (const Gateway& one : graph.gateways_of(gateway)) gateways.push_back(one.resource);
  return listens_at(graph, gateway, gateways, pod_port);
}

Truth listens_at(const Graph& graph, const Workload& gateway, std::span<const Resource* const> gateways, std::int64_t pod_port) {
  // Envoy's status, the agent's merged metrics and health, Envoy's metrics.
  if (pod_port == status_port || pod_port == 15020 || pod_port == 15090) return Truth::yes;
  if (gateway->opaque || gateway.pod_spec()["hostNetwork"].boolean().value_or(false)) return Truth::unknown;
  Truth any = api_listens_at(graph, gateway, pod_port);
  for (yaml::Node container : running_containers(gateway)) {
    for (yaml::Node port : container["ports"].items()) any = any || integer_of(port["containerPort"]).equals(pod_port);
  }
  if (any == Truth::yes) return any;
  const ServerPorts servers(gateways);
  if (servers.unknown) any = Truth::unknown;
  for (const std::int64_t port : servers.numbers) any = any || server_listens_at(graph, gateway, port, pod_port);
  return any;
}

}  // namespace hop
