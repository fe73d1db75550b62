// A port of a gateway's Service behind which nothing listens.
#include <algorithm>
#include <vector>

#include "graph/gateway_port.h"
#include "graph/target_port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Ports that the charts and profiles of Istio give every gateway's Service, whatever its Gateways serve.
/// Source: istio/istio manifests/charts/gateway/values.yaml, manifests/charts/gateways/istio-{in,e}gress/values.yaml.
constexpr std::int64_t usual_ports[] = {80, 443, 15012, 15017, status_port, 15443, 31400};

bool is_usual(std::int64_t number) { return std::ranges::find(usual_ports, number) != std::end(usual_ports); }

void check_status(const Service& service, const ServicePort& port, std::int64_t target, Report& report) {
  if (target == status_port) return;
  report.at(service, pod_port(port), format("the status port of a gateway is {}, and this leads to {}", status_port, target))
      .severity(Severity::warning);
}

/// A Service with what is behind it, found once: thousands of Gateways may be for its pods.
class GatewayService {
 public:
  GatewayService(const Graph& graph, const Service& service)
      : graph_(graph), service_(service), pods_(graph.pods_of(service).workloads), gateways_(graph.gateways_behind(service)) {}

  void check(Report& report) {
    const bool entry = service_.type().equals("LoadBalancer") == Truth::yes;
    std::vector<ServicePort> unserved;
    bool any_served = false;
    for (yaml::Node node : service_.ports()) {
      const ServicePort port{node};
      const auto number = port.number();
      const auto target = pod_port_number(port);
      const bool judged = number.is_known() && target && port.protocol().value_or("TCP") == "TCP";
      const std::int64_t to = target.value_or(0);
      if (judged && is_status_port(port)) check_status(service_, port, to, report);
      if (is_status_port(port) || (judged && is_usual(*number) && !entry)) continue;
      const bool served = !judged || is_served(port, to);
      any_served = any_served || served;
      if (!served) unserved.push_back(port);
    }
    if (unserved.empty() || gateways_.has_opaque() || !has_gateways()) return;
    for (const ServicePort& port : unserved) tell(port, entry && !any_served, report);
  }

 private:
  bool is_served(const ServicePort& port, std::int64_t target) const {
    return !servers_of(gateways_, service_, port).empty() ||
           std::ranges::any_of(pods_, [&](const Workload& pod) { return listens_at(graph_, pod, gateways_, target) != Truth::no; });
  }

  /// Whether some Gateway among the manifests is for these pods: only then the ports of the others are told apart.
  bool has_gateways() const {
    return !gateways_.empty() || std::ranges::any_of(pods_, [](const Workload& pod) {
      return pod.labels()["gateway.networking.k8s.io/gateway-name"].is_known();
    });
  }

  /// `lost`: a load balancer leads to none of the Service's ports. What every gateway has is worth a word only where one leads there.
  void tell(const ServicePort& port, bool lost, Report& report) const {
    const auto number = port.number();
    if (is_usual(*number) && !lost && !(service_->linted() && (*number == 80 || *number == 443))) return;
    Finding finding = report.at(service_, number.node(), format("nothing listens behind port {} of the gateway Service", *number));
    if (!gateways_.empty())
      finding.note(gateways_.gateways().front()->spec()["servers"].key_span(), "the gateway's servers have other ports");
    // Another Gateway may serve it.
    if (!graph_.world().complete) {
      finding.severity(lost ? Severity::warning : Severity::info);
    } else if (!lost) {
      finding.severity(is_usual(*number) ? Severity::info : Severity::warning);
    }
  }

  const Graph& graph_;
  const Service service_;
  const std::vector<Workload>& pods_;
  const GatewaySet& gateways_;
};

void check(const Graph& graph, Report& report) {
  for (const Service& service : graph.all<Service>()) {
    if (service->opaque || service->origin == Origin::known || !leads_to_gateway_pods(graph, service)) continue;
    GatewayService(graph, service).check(report);
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
