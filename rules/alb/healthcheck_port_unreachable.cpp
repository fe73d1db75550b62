// A health check port by number that is none of the targets': a container's for nodes, a node's for pods.
#include <set>

#include "graph/target_port.h"
#include "model/istio/status_port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::int64_t first_node_port = 30000, last_node_port = 32767;  // the API server's default range

bool in_node_range(std::int64_t port) { return port >= first_node_port && port <= last_node_port; }

/// Whether a pod takes this port of its node, or a container says it listens there.
bool taken_by_pods(const TargetGroup& group, std::int64_t number, bool on_node) {
  for (const Workload& pod : group.pods) {
    if (on_node && pod.pod_spec()["hostNetwork"].boolean() == true) return true;
    for (yaml::Node container : pod.containers()) {
      for (yaml::Node port : container["ports"].items()) {
        if (integer_of(port[on_node ? "hostPort" : "containerPort"]).equals(number) != Truth::no) return true;
      }
    }
  }
  return false;
}

bool pins_every_port(const Service& service) {
  for (yaml::Node node : service.ports()) {
    if (!ServicePort{node}.node_port().is_known()) return false;
  }
  return true;
}

/// Name of the Service port that leads to this port of the pods.
std::string_view name_of(const Service& service, std::int64_t number) {
  for (yaml::Node node : service.ports()) {
    const ServicePort port{node};
    const auto target = port.target_port() ? integer_of(port.target_port()) : port.number();
    if (target.equals(number) == Truth::yes || port.number().equals(number) == Truth::yes) return port.name().value_or("");
  }
  return {};
}

/// Whether the annotation's other backends have a port of that name too.
bool all_have(const Graph& graph, const TargetGroup& group, std::string_view name) {
  for (const TargetGroup& other : graph.target_groups_of(*group.ingress)) {
    if (other.health.port.node != group.health.port.node) continue;
    bool has = false;
    other.service.any([&](const Resource& copy) {
      for (yaml::Node port : Service(copy).ports()) has = has || port["name"].str() == name;
      return false;
    });
    if (!has) return false;
  }
  return true;
}

/// Ports on which every gateway's proxy answers by itself: metrics, health, Envoy's own metrics.
constexpr std::int64_t proxy_ports[] = {15020, status_port, 15090};

/// Whether something on a gateway's pods listens there, as far as that can be told; true where it cannot.
bool gateway_listens(const Graph& graph, const TargetGroup& group, std::int64_t number) {
  if (!group.to_gateway() || group.assumed || group.pods.empty() || group.pods_unknown) return true;
  if (std::ranges::find(proxy_ports, number) != std::end(proxy_ports)) return true;
  const auto leads_there = [&](yaml::Node port) {
    const auto target = pod_port_number(ServicePort{port});
    return !target || *target == number;
  };
  for (const Workload& pod : group.pods) {
    for (const Service& service : graph.services_of(pod)) {
      if (std::ranges::any_of(service.ports(), leads_there)) return true;
    }
  }
  // A server's port that no Service has is opened as it is.
  for (const Resource* gateway : group.gateways) {
    for (yaml::Node server : Gateway(*gateway).servers()) {
      if (GatewayServer{server}.port().equals(number) != Truth::no) return true;
    }
  }
  return false;
}

void report_deaf_gateway(const TargetGroup& group, std::int64_t number, Report& report) {
  report
      .at(*group.health.port.set_by, group.health.port.node,
          format("no port of the gateway's pods behind Service `{}` is {}", group.service.target->name, number))
      .note(group.pods.front()->name_node(), "these pods answer health checks on port 15021");
}

void check(const Graph& graph, Report& report) {
  std::set<std::pair<Span, std::uint32_t>> told;  // annotation and Service
  for (const TargetGroup& group : graph.target_groups()) {
    const HealthCheck& health = group.health;
    if (health.by != HealthCheck::By::number || health.service_port || !group.service.found() || group.service.target->opaque) continue;
    const auto number = integer_of(health.port.node, true);
    const bool instance = group.target_type.is("instance");
    if (!number.is_known() || !(instance || group.target_type.is("ip"))) continue;
    const Service service(*group.service.target);
    if (!instance && !taken_by_pods(group, *number, false) && !gateway_listens(graph, group, *number) && !in_node_range(*number)) {
      if (told.emplace(health.port.node.span(), service->id).second) report_deaf_gateway(group, *number, report);
      continue;
    }
    const bool wrong = instance ? !in_node_range(*number) || (pins_every_port(service) && service->linted()) : in_node_range(*number);
    if (!wrong || taken_by_pods(group, *number, instance) || !told.emplace(health.port.node.span(), service->id).second) continue;
    Finding finding =
        report.at(*health.port.set_by, health.port.node,
                  instance ? format("no node port of Service `{}` is {}, where the ALB checks its nodes", service->name, *number)
                           : format("{} is a node port, but the ALB's targets are pods of Service `{}`", *number, service->name));
    finding.note(service.spec()["ports"] ? service.spec()["ports"] : service->name_node(), "its ports");
    if (instance && group.pods.empty()) finding.severity(Severity::warning);
    const std::string_view name = instance ? name_of(service, *number) : std::string_view{};
    if (!name.empty() && all_have(graph, group, name)) finding.fix(format("name the Service's port: `{}`", name), health.port.node, name);
  }
}

}  // namespace

extern constinit const Rule alb_healthcheck_port_unreachable = {
    .info =
        {.id = "alb-healthcheck-port-unreachable",
         .summary = "the ALB's health check asks a port number that its targets do not have",
         .docs =
             "A number is taken as it is. With `target-type: instance` the targets are nodes, so it must be a node port of the Service: "
             "15021 is none. With `ip` the targets are pods, so it must be a port of the pod; of a gateway's pods those are known. The "
             "name of a Service port is right for "
             "both.\n\nStays silent where a pod uses the host's network or claims the port. A warning where the pods are not among the "
             "manifests.",
         .effect = "nobody answers the health check and every target is unhealthy",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#healthcheck-port",
         .severity = Severity::error,
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::service, Facet::entry},
    .check = check,
};

}  // namespace hop::rules
