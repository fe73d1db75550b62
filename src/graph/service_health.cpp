#include "graph/service_health.h"

#include "graph/gateway_port.h"
#include "graph/target_port.h"
#include "model/aws/nlb.h"
#include "model/aws/values.h"
#include "text/words.h"

namespace hop {
namespace {

/// Whether targets are nodes; nothing where it is not known.
std::optional<bool> has_instance_targets(const Graph& graph, const Service& service) {
  const auto type = nlb::annotation(*service, "type");
  const auto target = nlb::annotation(*service, "nlb-target-type");
  if (type.is_unknown() || target.is_unknown()) return std::nullopt;
  if (type.equals("nlb-ip") == Truth::yes) return false;
  if (target.is_known()) return *target != "ip";
  const nlb::Maker maker = nlb::maker_of(service);
  if (maker == nlb::Maker::in_tree) return true;
  const Setting& usual = graph.controller(*service).target_type;
  return maker == nlb::Maker::controller && usual.known ? std::optional(usual.value != "ip") : std::nullopt;
}

void resolve_port(const Graph& graph, const Service& service, ServiceHealth& health) {
  using By = ServiceHealth::By;
  if (health.port.is_absent() || health.port.equals("traffic-port") == Truth::yes) return;
  if (!health.port.is_known()) {
    health.by = By::unknown;
    return;
  }
  std::optional<ServicePort> meant;
  if (const auto number = aws::parse_int(*health.port)) {
    health.by = By::number;
    const auto instance = has_instance_targets(graph, service);
    if (instance == false) health.pod_port = *number;
    if (instance == true) meant = port_behind(service, *number, true);
  } else {
    health.by = By::name;
    bool open = service->opaque;
    for (yaml::Node node : service.ports()) {
      const auto name = ServicePort{node}.name();
      if (name.equals(*health.port) == Truth::yes) meant = ServicePort{node};
      open = open || name.is_unknown();
    }
    health.name_missing = !meant && !open;
  }
  if (meant) health.pod_port = pod_port_number(*meant);
}

}  // namespace

ServiceHealth health_of(const Graph& graph, const Service& service) {
  ServiceHealth health{nlb::annotation(*service, "healthcheck-port"), nlb::annotation(*service, "healthcheck-protocol"),
                       nlb::annotation(*service, "healthcheck-path")};
  // Without an annotation it depends on externalTrafficPolicy; with a port of its own it is TCP.
  if (health.protocol.is_known()) health.asks = lower(*health.protocol);
  resolve_port(graph, service, health);
  return health;
}

std::vector<GatewayHealth> gateway_healths(const Graph& graph) {
  std::vector<GatewayHealth> found;
  for (const Service& service : graph.linted<Service>()) {
    const nlb::Maker maker = nlb::maker_of(service);
    if (maker == nlb::Maker::none || maker == nlb::Maker::unknown || maker == nlb::Maker::other) continue;
    ServiceHealth health = health_of(graph, service);
    if (health.by == ServiceHealth::By::traffic_port || !leads_to_gateway_pods(graph, service)) continue;
    found.push_back({service, graph.pods_of(service).workloads.front(), std::move(health)});
  }
  return found;
}

}  // namespace hop
