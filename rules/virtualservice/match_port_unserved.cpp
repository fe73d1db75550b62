// Matches that ask for a port at which no gateway takes requests.
#include <algorithm>
#include <optional>
#include <vector>

#include "graph/gateway_binding.h"
#include "model/field_path.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The ports of the servers that a match may be for.
struct Ports {
  std::vector<std::int64_t> numbers;
  yaml::Node place;    ///< the first
  bool known = false;  ///< all of them, and there is one
};

void add_ports(const Resource& gateway, Ports& ports) {
  if (gateway.kind != Kind::gateway || gateway.opaque || gateway.patched) ports.known = false;
  for (yaml::Node node : Gateway(gateway).servers()) {
    const auto number = GatewayServer{node}.port();
    if (!number.is_known()) ports.known = false;
    ports.numbers.push_back(number.value_or(0));
    if (!ports.place) ports.place = GatewayServer{node}.port_node()["number"];
  }
}

/// `written` of them stand there: `mesh`, where the port is that of a Service, has no edge, nor has what is no name.
Ports ports_of(const std::vector<const Edge*>& gateways, std::size_t written) {
  Ports ports;
  ports.known = gateways.size() == written;
  for (const Edge* edge : gateways) {
    if (!edge->to.found()) ports.known = false;
    edge->to.any([&](const Resource& copy) {
      add_ports(copy, ports);
      return false;
    });
  }
  ports.known = ports.known && !ports.numbers.empty();
  return ports;
}

Ports named_ports(const GatewayBinding& binding, yaml::Node names) {
  std::vector<const Edge*> gateways;
  for (yaml::Node name : names.items()) {
    if (const auto edge = binding.named.find(name.index()); edge != binding.named.end()) gateways.push_back(edge->second);
  }
  return ports_of(gateways, names.size());
}

void check_match(const VirtualService& vs, yaml::Node port, const Ports& ports, Report& report) {
  const auto wanted = integer_of(port);
  if (!wanted.is_known() || !ports.known || std::ranges::find(ports.numbers, *wanted) != ports.numbers.end()) return;
  report.at(vs, port, format("no server of the VirtualService's gateways has port {}: the match fits no request", *wanted))
      .note(ports.place, "a port that one has");
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  if (vs.hosts().empty()) return;  // a delegate has the gateways of whoever delegates to it
  std::optional<GatewayBinding> binding;
  Ports bound;
  for (const std::string_view path : {"http[].match[]", "tls[].match[]", "tcp[].match[]"}) {
    for (yaml::Node match : nodes_at(vs.spec(), path)) {
      if (!match["port"]) continue;
      if (!binding) {
        binding = gateway_binding(graph, vs);
        bound = ports_of(binding->bound, vs.spec()["gateways"].size());
      }
      check_match(vs, match["port"], match["gateways"] ? named_ports(*binding, match["gateways"]) : bound, report);
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_match_port_unserved = {
    .info = {.id = "virtualservice-match-port-unserved",
             .summary = "a match asks for a port at which none of the gateways takes requests",
             .docs = "At a gateway `match[].port` is compared with `servers[].port.number` of the Gateway, which is the port of the "
                     "gateway's pods: neither that of the load balancer, nor that of the Service behind the route. Leave it out unless the "
                     "Gateway has servers on several ports.\n\nInside the mesh (`gateways` with `mesh`, or none) the port is that of the "
                     "Service; nothing is said there.",
             .effect = "the match fits no request; the route is taken by others, or by none",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest",
             .severity = Severity::warning},
    .reads = {Kind::virtual_service, Facet::references},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
