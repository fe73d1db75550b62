// A port of a gateway's Service behind which nothing listens.
#include <algorithm>

#include "graph/gateway_port.h"
#include "graph/target_port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Ports that the charts and profiles of Istio give every gateway's Service, whatever its Gateways serve.
/// Source: istio/istio manifests/charts/gateway/values.yaml, manifests/charts/gateways/istio-{in,e}gress/values.yaml.
constexpr std::int64_t usual_ports[] = {80, 443, 15012, 15017, 15021, 15443, 31400};

bool is_usual(std::int64_t number) { return std::ranges::find(usual_ports, number) != std::end(usual_ports); }

bool is_status_port(const ServicePort& port) {
  return port.name().equals("status-port") == Truth::yes || port.number().equals(status_port) == Truth::yes;
}

/// Whether some Gateway among the manifests is for these pods: only then the ports of the others are told apart.
bool has_gateways(const Graph& graph, const Workload& pods) {
  return !graph.gateways_of(pods).empty() || pods.labels()["gateway.networking.k8s.io/gateway-name"].is_known();
}

void check_status(const Service& service, const ServicePort& port, std::int64_t target, Report& report) {
  if (target == status_port) return;
  report.at(service, pod_port(port), format("the status port of a gateway is {}, and this leads to {}", status_port, target))
      .severity(Severity::warning);
}

/// Whether some pod of the Service may listen where the port leads.
bool is_served(const Graph& graph, const Service& service, const ServicePort& port) {
  const auto target = pod_port_number(port);
  if (!target || !port.number().is_known() || !servers_behind(graph, service, port).empty()) return true;
  const auto& pods = graph.pods_of(service).workloads;
  return std::ranges::any_of(pods, [&](const Workload& pod) { return listens_at(graph, pod, *target) != Truth::no; });
}

/// Whether requests can get in through any port of the Service but that for the status.
bool serves_anything(const Graph& graph, const Service& service) {
  return std::ranges::any_of(service.ports(), [&](yaml::Node node) {
    const ServicePort port{node};
    return !is_status_port(port) && is_served(graph, service, port);
  });
}

void check_port(const Graph& graph, const Service& service, const ServicePort& port, Report& report) {
  const auto number = port.number();
  const auto target = pod_port_number(port);
  if (!number.is_known() || !target || port.protocol().value_or("TCP") != "TCP") return;
  if (is_status_port(port)) return check_status(service, port, *target, report);
  if (is_served(graph, service, port)) return;
  const auto& pods = graph.pods_of(service).workloads;
  const auto known = std::ranges::find_if(pods, [&](const Workload& pod) { return has_gateways(graph, pod); });
  if (known == pods.end()) return;
  // What every gateway has is worth a word only where a load balancer leads there.
  const bool entry = service.type().equals("LoadBalancer") == Truth::yes;
  const bool lost = entry && !serves_anything(graph, service);
  const bool worth = entry && (lost || (service->linted() && (*number == 80 || *number == 443)));
  if (is_usual(*number) && !worth) return;
  Finding finding = report.at(service, number.node(), format("nothing listens behind port {} of the gateway Service", *number));
  if (const auto gateways = graph.gateways_of(*known); !gateways.empty())
    finding.note(gateways.front().spec()["servers"].key_span(), "the gateway's servers have other ports");
  // Another Gateway may serve it.
  if (!graph.world().complete) {
    finding.severity(lost ? Severity::warning : Severity::info);
  } else if (!lost) {
    finding.severity(is_usual(*number) ? Severity::info : Severity::warning);
  }
}

void check(const Graph& graph, Report& report) {
  for (const Service& service : graph.all<Service>()) {
    if (service->opaque || service->origin == Origin::known || !leads_to_gateway_pods(graph, service)) continue;
    for (yaml::Node port : service.ports()) check_port(graph, service, {port}, report);
  }
}

}  // namespace

extern constinit const Rule service_gateway_port_unserved = {
    .info =
        {.id = "service-gateway-port-unserved",
         .summary = "a port of a gateway's Service leads where the gateway does not listen",
         .docs =
             "Envoy opens a port only for a server of a Gateway; Istio compares the server's `port.number` with the Service's port. "
             "Besides, every gateway answers for its status on 15021. A `status-port` that leads elsewhere, and a port without a "
             "server, refuse connections.\n\nThe ports that Istio's charts give every gateway (80, 443, 15443, …) are left alone, unless "
             "the Service is a load balancer: then 80 and 443 are info, and an error where none of its ports is served. Judged where a "
             "Gateway "
             "for the pods is "
             "among the manifests; without `complete` it is milder, since another may serve the port.",
         .effect = "connections to the port are refused; a load balancer counts the targets behind it as unhealthy",
         .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#Port",
         .severity = Severity::error},
    .reads = {Kind::service, Kind::gateway, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
