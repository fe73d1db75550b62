// A Gateway server on a port that no Service of the gateway's pods offers.
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

/// What the Services of the gateway's pods offer.
struct Offer {
  std::set<std::int64_t> ports;
  std::optional<Service> service;
  bool unknown = false;
};

/// A port of the pods by its name.
void add_named(const Workload& workload, std::string_view name, Offer& offer) {
  for (yaml::Node container : workload.containers()) {
    for (yaml::Node port : container["ports"].items()) {
      const auto number = port["containerPort"].integer();
      if (port["name"].str() == name && number) offer.ports.insert(*number);
    }
  }
}

void add_service(const Workload& workload, const Service& service, Offer& offer) {
  offer.service = service;
  offer.unknown = offer.unknown || service->opaque;
  for (yaml::Node node : service.ports()) {
    const ServicePort port{node};
    const auto number = port.number();
    offer.unknown = offer.unknown || !number.is_known() || text_of(port.target_port()).is_unknown();
    if (number.is_known()) offer.ports.insert(*number);
    if (const auto target = port.target_port().integer()) {
      offer.ports.insert(*target);
    } else {
      add_named(workload, port.target_port().str(), offer);
    }
  }
}

Offer offer_of(const Graph& graph, const Gateway& gateway) {
  Offer offer;
  const Graph::Selection pods = graph.select(*gateway, gateway.selector(), true);
  offer.unknown = pods.unknown;
  for (const Workload& workload : pods.workloads) {
    offer.unknown = offer.unknown || workload->opaque || workload.pod_spec()["hostNetwork"].boolean().value_or(false);
    for (const Service& service : graph.services_of(workload)) add_service(workload, service, offer);
  }
  return offer;
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Gateway gateway(resource);
  if (gateway.selector().size() == 0) return;
  const Offer offer = offer_of(graph, gateway);
  if (offer.unknown || !offer.service) return;
  for (yaml::Node node : gateway.servers()) {
    const auto port = GatewayServer{node}.port();
    if (!port.is_known() || *port == 0 || offer.ports.contains(*port)) continue;
    report.at(gateway, port.node(), format("no Service of the gateway's pods has port {}", *port))
        .alias("IST0162")
        .note((*offer.service).spec()["ports"], format("the ports of Service `{}`", (*offer.service)->name));
  }
}

}  // namespace

extern constinit const Rule gateway_port_not_on_service = {
    .info = {.id = "gateway-port-not-on-service",
             .summary = "a Gateway server listens on a port that no Service offers",
             .docs = "The pods that the Gateway selects, every Service that selects one of them, and these Services' ports and target "
                     "ports; a named "
                     "target port is looked up in the containers. Silent where no Service of the pods is among the manifests.",
             .effect = "the gateway listens, and nothing from outside reaches the port",
             .source = "https://istio.io/latest/docs/reference/config/analysis/ist0162/",
             .severity = Severity::warning,
             .aliases = {"IST0162"}},
    .reads = {Kind::gateway, Kind::service, Facet::workloads},
    .each = Kind::gateway,
    .check_each = check_each,
};

}  // namespace hop::rules
