// From a workload of the mesh: the VirtualServices that hold for its proxy, Services and hosts outside.

#include <set>

#include "chain/builder.h"
#include "graph/sidecar_scope.h"
#include "graph/visibility.h"
#include "model/port.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {

namespace {

/// Whether HTTP routes hold on the port: for everything that may turn out to be HTTP.
bool may_speak_http(const ServicePort& port) {
  const auto said = port.app_protocol();
  const Protocol protocol = protocol_of_port_name(said.is_known() ? *said : port.name().value_or(""));
  return protocol == Protocol::unknown || speaks_http(protocol);
}

/// Ports of the hosts' Services that HTTP routes do not hold for.
std::vector<std::int64_t> ports_without_http(const Graph& graph, const VirtualService& vs) {
  std::vector<std::int64_t> ports;
  for (yaml::Node host : vs.hosts()) {
    const Lookup found = graph.find_host(*vs, host.str());
    if (!found.found() || found.target->opaque || found.target->kind != Kind::service) continue;
    for (yaml::Node node : Service(*found.target).ports()) {
      const ServicePort port{node};
      if (port.number().is_known() && !may_speak_http(port)) ports.push_back(*port.number());
    }
  }
  return ports;
}

}  // namespace

void HopBuilder::add_mesh_service(std::uint32_t hop, const Service& service, const Sender& sender, bool routed) {
  const std::string host = graph_.full_host(*service, service->name);
  Lookup found;
  found.state = Found::found;
  found.target = service.resource;
  for (yaml::Node port : service.ports()) {
    const std::vector<HttpRoute> routes =
        sender.type == Sender::Type::proxy ? routes_of_service(*service, {port}) : std::vector<HttpRoute>{};
    if (routed && may_speak_http(ServicePort{port})) continue;
    if (!routes.empty() && may_speak_http(ServicePort{port})) {
      Hop next;
      next.kind = HopKind::destination;
      next.resource = service.resource;
      next.place = service->name_node();
      next.label = format("Service {}/{}:{}", service->ns, service->name, port["port"].str());
      next.choice = Hop::Choice::best_host;
      const std::uint32_t at_service = add(std::move(next));
      link(hop, within(at_service));
      for (const HttpRoute& route : routes) {
        const std::uint32_t to = api_route_hop(route, sender);
        link(at_service, within(to));
      }
    } else {
      add_service(hop, {}, sender, found, service->name_node(), host, ServicePort{port}.number().node(), "", std::nullopt, false);
    }
    Condition& takes = at(at(hop).links.back().to).takes;
    takes.hosts.push_back(host);
    if (const auto number = ServicePort{port}.number(); number.is_known()) takes.port = *number;
  }
}

void HopBuilder::add_mesh_entry(std::uint32_t hop, const ServiceEntry& entry, yaml::Node host, const Sender& sender) {
  Lookup found;
  found.state = Found::found;
  found.target = entry.resource;
  std::vector<yaml::Node> ports;
  for (yaml::Node port : entry.ports()) ports.push_back(port["number"]);
  if (ports.empty()) ports.emplace_back();
  for (yaml::Node port : ports) {
    add_service(hop, {}, sender, found, host, lower(host.str()), port, "", std::nullopt, false);
    Condition& takes = at(at(hop).links.back().to).takes;
    takes.hosts.push_back(lower(host.str()));
    if (const auto number = integer_of(port); number.is_known()) takes.port = *number;
  }
}

void HopBuilder::add_mesh(std::uint32_t hop, const Workload& caller, const Sender& sender) {
  const SidecarScopes scopes(graph_);
  const Resource* scope = sender.type == Sender::Type::proxy ? scopes.of_namespace(*caller) : nullptr;
  const auto sees = [&](const Resource& resource, std::string_view host) {
    if (!graph_.sees(*caller, resource) || visibility(graph_, resource).in(sender.ns) == Truth::no) return false;
    return scope == nullptr || imports(graph_, *scope, sender.ns, resource, host) != Truth::no;
  };
  std::set<std::string> routed;
  if (sender.type == Sender::Type::proxy) {
    for (const VirtualService& vs : graph_.all<VirtualService>()) {
      if (vs->opaque || !vs.applies_to_mesh() || vs.hosts().empty()) continue;
      if (!sees(*vs, graph_.full_host(*vs, (*vs.hosts().begin()).str()))) continue;
      if (vs.spec()["http"].size() == 0) continue;
      const std::uint32_t to = virtual_service_hop(vs, sender, "mesh", RouteKind::http);
      link(hop, within(to));
      routed.insert(at(to).takes.hosts.begin(), at(to).takes.hosts.end());
      if (at(to).takes.except_ports.empty()) at(to).takes.except_ports = ports_without_http(graph_, vs);
    }
  }
  for (const Service& service : graph_.all<Service>()) {
    const std::string host = graph_.full_host(*service, service->name);
    if (!service->opaque && sees(*service, host)) add_mesh_service(hop, service, sender, routed.contains(host));
  }
  for (const ServiceEntry& entry : graph_.all<ServiceEntry>()) {
    for (yaml::Node host : entry.hosts()) {
      const auto text = text_of(host);
      if (entry->opaque || !text.is_known() || !sees(*entry, *text)) continue;
      if (!routed.contains(lower(*text))) add_mesh_entry(hop, entry, host, sender);
    }
  }
}

HopGraph HopBuilder::from_workload(const Workload& caller) && {
  Sender sender;
  const Dataplane plane = graph_.injection(caller).plane;
  sender.type = plane == Dataplane::sidecar   ? Sender::Type::proxy
                : plane == Dataplane::ambient ? Sender::Type::ztunnel
                                              : Sender::Type::outside;
  sender.seeker = caller.resource;
  sender.ns = caller->ns;
  sender.name = hop::name_of(caller);
  sender.pod = caller.resource;
  sender.protocol = "HTTP";
  Hop hop;
  hop.kind = HopKind::caller;
  hop.resource = caller.resource;
  hop.place = caller->name_node();
  hop.label = format("{} {}/{}", caller->kind_name, caller->ns, caller->name);
  hop.choice = Hop::Choice::best_host;
  hop.otherwise = "no Service, VirtualService or ServiceEntry has the host";
  const std::uint32_t at_caller = add(std::move(hop));
  Link in;
  in.to = at_caller;
  hops_.entries_.push_back(std::move(in));
  if (plane == Dataplane::unknown) {
    Link out = within(end(HopKind::nowhere, "?", caller.resource, caller->name_node()));
    out.verdict = Verdict::unknown;
    out.reason = "it is not known whether the pod has a proxy";
    link(at_caller, std::move(out));
    return std::move(hops_);
  }
  add_mesh(at_caller, caller, sender);
  return std::move(hops_);
}

}  // namespace hop
