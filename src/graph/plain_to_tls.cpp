#include "graph/plain_to_tls.h"

#include <algorithm>
#include <set>

#include "graph/target_port.h"
#include "model/gatewayapi/views.h"
#include "model/istio/traffic_policy.h"
#include "model/port.h"

namespace hop {
namespace {

/// Whether a DestinationRule may make proxies open TLS to the host.
bool may_open_tls(const Graph& graph, const Resource& from, std::string_view full_host) {
  const SharedRules shared = graph.destination_rules(from, full_host);
  const HostRules& rules = *shared;
  if (rules.unknown) return true;
  const auto opens = [](const DestinationRule& rule) {
    if (rule->opaque || rule->patched) return true;
    return std::ranges::any_of(istio::client_tls_blocks(*rule), [](yaml::Node tls) {
      const auto mode = text_of(tls["mode"]);
      return mode.is_unknown() || (mode.is_known() && *mode != "DISABLE" && *mode != "ISTIO_MUTUAL");
    });
  };
  return rules.opens_tls.get([&] { return std::ranges::any_of(rules.exact, opens) || std::ranges::any_of(rules.wide, opens); });
}

/// The port that a destination means: the one it names, else the only one. Absent where none is meant for sure.
yaml::Node meant_port(yaml::Node ports, yaml::Node named, std::string_view field) {
  if (!named || named.is_null()) return ports.size() == 1 ? ports[std::size_t{0}] : yaml::Node();
  const auto number = integer_of(named);
  for (yaml::Node port : ports.items()) {
    if (number.is_known() && integer_of(port[field]).equals(*number) == Truth::yes) return port;
  }
  return {};
}

yaml::Node tls_word_at(const Resource& target, yaml::Node named) {
  const yaml::Node ports = target.spec()["ports"];
  if (target.opaque || target.patched) return {};
  if (target.kind == Kind::service) {
    const yaml::Node port = meant_port(ports, named, "port");
    return port ? tls_word_of(Service(target), {port}) : yaml::Node();
  }
  const auto word = text_of(meant_port(ports, named, "number")["protocol"]);
  return word.is_known() && speaks_tls(parse_protocol(*word)) ? word.node() : yaml::Node();
}

/// Services that something else makes be called with TLS.
std::set<std::pair<std::string_view, std::string_view>> services_called_with_tls(const Graph& graph) {
  std::set<std::pair<std::string_view, std::string_view>> services;
  for (const Resource* policy : graph.of(Kind::backend_tls_policy)) {
    for (yaml::Node target : policy->spec()["targetRefs"].items()) services.emplace(policy->ns, target["name"].str());
  }
  for (const Resource* other : graph.of(Kind::other)) {
    if (other->kind_name == "TargetGroupConfiguration") services.emplace(other->ns, other->spec()["targetReference"]["name"].str());
  }
  return services;
}

}  // namespace

yaml::Node tls_word_of(const Service& service, const ServicePort& port) {
  const auto said = port.app_protocol().is_absent() ? port.name() : port.app_protocol();
  if (!said.is_known() || !speaks_tls(protocol_of_port_name(*said))) return {};
  const yaml::Node target = pod_port(port);
  for (yaml::Node node : service.ports()) {
    const ServicePort other{node};
    const auto word = other.app_protocol().is_absent() ? other.name() : other.app_protocol();
    const bool plain = !word.is_known() || !speaks_tls(protocol_of_port_name(*word));
    if (plain && pod_port(other).str() == target.str()) return {};
  }
  return said.node();
}

std::vector<PlainToTls> routes_to_tls(const Graph& graph, const VirtualService& vs) {
  std::vector<PlainToTls> found;
  for (const Destination& destination : graph.destinations(vs)) {
    if (destination.route_kind != RouteKind::http || destination.edge == nullptr || !destination.edge->to.found()) continue;
    const Resource& target = *destination.edge->to.target;
    const yaml::Node word = tls_word_at(target, destination.port());
    if (word && !may_open_tls(graph, *vs, destination.full_host)) found.push_back({vs.resource, destination.host(), &target, word});
  }
  return found;
}

std::vector<PlainToTls> http_routes_to_tls(const Graph& graph) {
  std::vector<PlainToTls> found;
  const auto with_tls = services_called_with_tls(graph);
  for (const Resource* resource : graph.of(Kind::http_route)) {
    if (!resource->linted()) continue;
    for (const RouteRef& backend : HttpRoute(*resource).backends()) {
      if (backend.kind != Kind::service || with_tls.contains({backend.ns, backend.name().str()})) continue;
      const Lookup to = graph.find(*resource, Kind::service, backend.ns, backend.name().str());
      if (!to.found()) continue;
      const yaml::Node word = tls_word_at(*to.target, backend.node["port"]);
      if (word && !may_open_tls(graph, *resource, graph.full_host(*to.target, to.target->name)))
        found.push_back({resource, backend.name(), to.target, word});
    }
  }
  return found;
}

}  // namespace hop
