#include "graph/gateway_port.h"

#include <algorithm>

#include "graph/target_port.h"
#include "model/gatewayapi/views.h"

namespace hop {

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

std::span<const ServerRef> servers_of(const GatewaySet& gateways, const Service& service, const ServicePort& port) {
  const auto number = port.number();
  const auto target = integer_of(port.target_port());
  const bool by_target = target.is_known() && !service.find_port(*target).port;
  if (!by_target) return number.is_known() ? gateways.at_port(*number) : std::span<const ServerRef>();
  return gateways.at_ports(number.value_or(*target), *target);
}

std::span<const ServerRef> servers_behind(const Graph& graph, const Service& service, const ServicePort& port) {
  return servers_of(graph.gateways_behind(service), service, port);
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
  const auto name = text_of(workload.labels().node[gateway_name_label]);
  if (!name.is_known()) return name.is_unknown() ? Truth::unknown : Truth::no;
  const Lookup found = graph.find(*workload, Kind::k8s_gateway, workload->ns, *name);
  if (!found.found()) return Truth::unknown;
  Truth any = Truth::no;
  for (yaml::Node listener : K8sGateway(*found.target).listeners()) any = any || integer_of(listener["port"]).equals(pod_port);
  return any;
}

}  // namespace

Truth listens_at(const Graph& graph, const Workload& gateway, std::int64_t pod_port) {
  return listens_at(graph, gateway, graph.gateways_of(gateway), pod_port);
}

Truth listens_at(const Graph& graph, const Workload& gateway, const GatewaySet& gateways, std::int64_t pod_port) {
  // Envoy's status, the agent's merged metrics and health, Envoy's metrics.
  if (pod_port == status_port || pod_port == 15020 || pod_port == 15090) return Truth::yes;
  if (gateway->opaque || gateway.pod_spec()["hostNetwork"].boolean().value_or(false)) return Truth::unknown;
  Truth any = api_listens_at(graph, gateway, pod_port);
  for (yaml::Node container : running_containers(gateway)) {
    for (yaml::Node port : container["ports"].items()) any = any || integer_of(port["containerPort"]).equals(pod_port);
  }
  if (any == Truth::yes) return any;
  if (gateways.has_open_port()) any = Truth::unknown;
  for (const auto& [port, servers] : gateways.by_port()) any = any || server_listens_at(graph, gateway, port, pod_port);
  return any;
}

}  // namespace hop
