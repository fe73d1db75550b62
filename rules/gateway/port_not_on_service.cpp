// A Gateway server on a port that no Service of the gateway's pods offers.
#include <set>

#include "graph/once.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// What the Services of the gateway's pods offer.
struct Offer {
  std::set<std::int64_t> ports;
  std::optional<Service> service;
  bool unknown = false;
  bool complete = false;  ///< no other Service can select the pods
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

/// Pods that answer on their node's address need no Service.
bool is_on_node(const Workload& workload) {
  if (workload.pod_spec()["hostNetwork"].boolean().value_or(false)) return true;
  for (yaml::Node container : workload.containers()) {
    for (yaml::Node port : container["ports"].items()) {
      if (port["hostPort"]) return true;
    }
  }
  return false;
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

Offer offer_of(const Graph& graph, const Graph::Selection& pods) {
  Offer offer;
  offer.unknown = pods.unknown;
  offer.complete = !pods.workloads.empty();
  for (const Workload& workload : pods.workloads) {
    offer.unknown = offer.unknown || workload->opaque || is_on_node(workload);
    offer.complete = offer.complete && workload->linted() && graph.complete(workload->ns);
    for (const Service& service : graph.services_of(workload)) add_service(workload, service, offer);
  }
  return offer;
}

void check_servers(const Gateway& gateway, const Offer& offer, Report& report) {
  if (offer.unknown || (!offer.service && !offer.complete)) return;
  for (yaml::Node node : gateway.servers()) {
    const auto port = GatewayServer{node}.port();
    if (!port.is_known() || *port == 0 || offer.ports.contains(*port)) continue;
    if (!offer.service) {
      report.at(gateway, port.node(), format("no Service leads to port {} of the gateway's pods", *port))
          .severity(Severity::info)
          .alias("IST0162");
      return;  // the other ports for the same reason
    }
    report.at(gateway, port.node(), format("no Service of the gateway's pods has port {}", *port))
        .alias("IST0162")
        .note((*offer.service).spec()["ports"], format("the ports of Service `{}`", (*offer.service)->name));
  }
}

void check(const Graph& graph, Report& report) {
  OncePerThing<Offer> offers;
  const auto find_offer = [&](const Graph::Selection& pods) { return offer_of(graph, pods); };
  for (const Gateway& gateway : graph.linted<Gateway>()) {
    if (gateway.selector().size() == 0) continue;
    check_servers(gateway, offers.of(graph.select(*gateway, gateway.selector(), true), find_offer), report);
  }
}

}  // namespace

extern constinit const Rule gateway_port_not_on_service = {
    .info = {.id = "gateway-port-not-on-service",
             .summary = "a Gateway server listens on a port that no Service offers",
             .docs =
                 "The pods that the Gateway selects, every Service that selects one of them, and these Services' ports and target "
                 "ports; a named "
                 "target port is looked up in the containers. Without any Service of the pods it is info, said once, and only where the "
                 "manifests of their namespace are complete; not for pods on their node's network.",
             .effect = "the gateway listens, and nothing from outside reaches the port",
             .source = "https://istio.io/latest/docs/reference/config/analysis/ist0162/",
             .severity = Severity::warning,
             .aliases = {"IST0162"}},
    .reads = {Kind::gateway, Kind::service, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
