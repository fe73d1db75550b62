// From the pods of an Istio gateway through their servers and VirtualServices to a choice of destinations.

#include <algorithm>

#include "chain/builder.h"
#include "graph/gateway_port.h"
#include "graph/visibility.h"
#include "model/gatewayapi/views.h"
#include "model/host.h"
#include "model/istio/faults.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

constexpr unsigned most_delegates = 4;  ///< Istio follows one; more cannot be right

bool takes_any_name(const GatewayServer& server) {
  for (yaml::Node host : server.hosts()) {
    const auto text = text_of(host);
    if (!text.is_known() || gateway_host(*text).host == "*") return true;
  }
  return false;
}

Taker taker_of(const ServerRef& ref) {
  Taker taker;
  taker.gateway = ref.gateway;
  taker.expects_tls = expects_tls(ref.server);
  taker.any_name = takes_any_name(ref.server);
  taker.passes_tls_on = passes_tls_on(ref.server);
  const std::string_view mode = ref.server.tls_mode().value_or("");
  taker.asks_certificate = mode == "MUTUAL" || mode == "ISTIO_MUTUAL";
  taker.protocol = ref.server.port_node()["protocol"];
  taker.mode = ref.server.tls()["mode"];
  taker.hosts = ref.server.node["hosts"];
  taker.credential = ref.server.credential();
  return taker;
}

Asked::Sees seen_by(const GatewayServer& server) {
  if (server.protocol().is_unknown()) return Asked::Sees::unknown;
  return routes_of(server) == RouteKind::http ? Asked::Sees::requests : Asked::Sees::connections;
}

}  // namespace

std::vector<Workload> first_of(std::span<const Workload> pods) {
  constexpr std::size_t most = 8;  // kinds of pods of one gateway: old and new ones, one for each zone
  return {pods.begin(), pods.begin() + static_cast<std::ptrdiff_t>(std::min(most, pods.size()))};
}

std::optional<std::int64_t> pod_port_of(std::span<const Workload> pods, const ServicePort& port) {
  return pods.empty() ? std::nullopt : port_of_pod(pods.front(), port);
}

const GatewayPort& HopBuilder::gateway_port(const Service& service, const ServicePort& port) {
  const auto [at, fresh] = gateway_ports_.try_emplace(key_of(port.node));
  GatewayPort& found = at->second;
  if (!fresh) return found;
  found.service = service.resource;
  found.place = port.number().node();
  found.number = port.number().is_known() ? std::optional(*port.number()) : std::nullopt;
  found.label = format("gateway {}", service->name);
  if (!service.has_selector()) return found;
  found.only_proxies = leads_to_gateway_pods(graph_, service);
  const GatewaySet& gateways = graph_.gateways_behind(service);
  found.gateways = gateways.gateways();
  found.servers = servers_of(gateways, service, port);
  found.pods = first_of(graph_.pods_of(service).workloads);
  found.more_pods = graph_.pods_of(service).unknown || graph_.pods_of(service).workloads.size() > found.pods.size();
  found.pod_port = pod_port_of(found.pods, port);
  for (const Workload& workload : graph_.pods_of(service).workloads) found.label = format("gateway {}", workload->name);
  if (const auto name = text_of(service.selector()[gateway_name_label]); name.is_known()) {
    const Lookup gateway = graph_.find(*service, Kind::k8s_gateway, service->ns, *name);
    if (gateway.found()) found.api_gateways.push_back(gateway.target);
  }
  // A gateway that nobody has a Gateway for is installed and not in use, or the Gateway stands elsewhere. Ports that an installation gives
  // by default are no promise either.
  found.open = (found.gateways.empty() && found.api_gateways.empty()) || service->origin == Origin::implied ||
               std::ranges::any_of(found.gateways, &Resource::opaque);
  return found;
}

Link HopBuilder::link_to_gateway(const GatewayPort& port, const Wire& wire) {
  Link out;
  out.to = gateway_hop(port, wire.type);
  out.type = Link::Type::through;
  out.opened_by = wire.set_by;
  out.opened_at = wire.node;
  return out;
}

std::uint32_t HopBuilder::gateway_hop(const GatewayPort& port, Wire::Type type) {
  const auto [known, fresh] = gateways_.try_emplace({&port, type});
  if (!fresh) return known->second;
  Wire wire;  // who opens it is said by the links that lead here
  wire.type = type;
  Hop hop;
  hop.kind = HopKind::gateway;
  hop.resource = port.service;
  hop.place = port.place;
  hop.label = port.label;
  hop.choice = Hop::Choice::best_host;
  hop.otherwise = "no Gateway server on this port has the host";
  const std::uint32_t at_gateway = add(std::move(hop));
  known->second = at_gateway;
  if (const yaml::Node replicas = port.more_pods ? yaml::Node{} : scale_.stopped(port.pods)) {
    Link out = within(end(HopKind::nowhere, "nowhere", port.pods.front().resource, replicas));
    link(at_gateway, broken_link(std::move(out), "the gateway has no pods: `replicas` is 0", port.pods.front().resource, replicas));
    return at_gateway;
  }
  const bool any = std::any_of(port.servers.begin(), port.servers.end(), [](const ServerRef& ref) { return takes_any_name(ref.server); });
  for (const ServerRef& ref : port.servers) {
    // A handshake without a server name goes to the server for `*` and to no other, if there is one.
    if (wire.type == Wire::Type::tls && any && !takes_any_name(ref.server)) continue;
    Link out = link_to(taker_of(ref), wire);
    out.to = server_hop(ref);
    out.gate = gate_of_gateway(port, seen_by(ref.server), taker_of(ref).asks_certificate);
    link(at_gateway, std::move(out));
  }
  link_api_listeners(at_gateway, port, wire);
  if (at(at_gateway).links.empty()) {
    const Resource* owner = port.gateways.empty() ? port.service : port.gateways.front();
    const yaml::Node servers = port.gateways.empty() ? port.place : owner->spec()["servers"];
    Link out = broken_link(within(end(HopKind::nowhere, "nowhere", owner, servers)),
                           port.number ? format("no Gateway server listens on port {}", *port.number) : "no Gateway server listens here",
                           owner, servers);
    if (port.open) out.verdict = Verdict::unknown;
    link(at_gateway, std::move(out));
  }
  return at_gateway;
}

namespace {

/// What keeps a server from ending TLS: its Secret is missing.
void check_credential(const Graph& graph, const Taker& taker, Link& link) {
  for (const Edge* edge : graph.from(*taker.gateway)) {
    const bool certificate = edge->relation == Relation::gateway_credential || edge->relation == Relation::listener_certificate;
    if (!certificate || !(edge->place == taker.credential) || !edge->to.missing()) continue;
    link.verdict = edge->to.strongest == Severity::error ? Verdict::broken : Verdict::unknown;
    link.reason = format("the Secret `{}` for the server's certificate is not there", edge->name);
    link.decided_by = taker.gateway;
    link.place = edge->place;
  }
}

/// A session of the load balancer's own.
Link own_session(const Graph& graph, Link link, const Taker& taker, const Wire& wire) {
  link.protocol = "HTTPS";
  link.encryption = Encryption::tls;
  link.reason = "the load balancer does not check the certificate of its targets";
  if (taker.expects_tls == Truth::no) {
    return broken_link(std::move(link), "TLS to a port where the gateway expects plain text", wire.set_by, wire.node);
  }
  if (taker.passes_tls_on)
    return broken_link(std::move(link), "the server routes by a server name, and none is sent", taker.gateway, taker.mode);
  if (taker.asks_certificate) {
    return broken_link(std::move(link), "the server asks for a client certificate, and the load balancer has none", taker.gateway,
                       taker.mode);
  }
  if (!taker.any_name) {
    return broken_link(std::move(link), "no server name is sent, and the server's hosts ask for one", taker.gateway, taker.hosts);
  }
  check_credential(graph, taker, link);
  return link;
}

}  // namespace

Link HopBuilder::link_to(const Taker& taker, const Wire& wire) {
  Link link;
  link.type = Link::Type::wire_end;
  link.decided_by = wire.set_by;
  link.place = wire.node;
  switch (wire.type) {
    case Wire::Type::plain:
      link.protocol = "HTTP";
      link.encryption = Encryption::plaintext;
      if (taker.expects_tls == Truth::yes) {
        return broken_link(std::move(link), "plain text to a port where the gateway expects TLS", wire.set_by, wire.node);
      }
      break;
    case Wire::Type::tls:
      link = own_session(graph_, std::move(link), taker, wire);
      break;
    case Wire::Type::through:
      link.protocol = taker.protocol.str();
      link.encryption = taker.expects_tls == Truth::no ? Encryption::plaintext
                        : taker.asks_certificate       ? Encryption::mtls
                                                       : Encryption::tls;
      link.verified = taker.expects_tls == Truth::yes;
      link.decided_by = taker.gateway;
      link.place = taker.protocol;
      if (taker.expects_tls == Truth::yes) check_credential(graph_, taker, link);
      break;
    case Wire::Type::unknown:
      link.verdict = Verdict::unknown;
      link.reason = "the protocol of the load balancer is not known";
      break;
  }
  if (taker.expects_tls == Truth::unknown && link.verdict == Verdict::ok) {
    link.verdict = Verdict::unknown;
    link.encryption = Encryption::unknown;
    link.reason = "the protocol of the Gateway's server is not known";
  }
  return link;
}

Sender HopBuilder::sender_of(const Resource& gateway) {
  const auto [known, fresh] = senders_.try_emplace(gateway.id);
  if (!fresh) return known->second;
  Sender sender;
  sender.type = Sender::Type::proxy;
  sender.is_entry = true;
  sender.seeker = &gateway;
  if (gateway.kind == Kind::gateway) {
    const Graph::Selection& pods = graph_.select(gateway, Gateway(gateway).selector(), true);
    if (!pods.workloads.empty()) sender.seeker = pods.workloads.front().resource;
  }
  sender.ns = sender.seeker->ns;
  set_name(gateway, sender);
  known->second = sender;
  return sender;
}

std::uint32_t HopBuilder::server_hop(const ServerRef& ref) {
  const auto [known, fresh] = servers_.try_emplace(key_of(ref.server.node));
  if (!fresh) return known->second;
  Hop hop;
  hop.kind = HopKind::server;
  hop.resource = ref.gateway;
  hop.place = ref.server.port_node();
  hop.server = ref.server.node;
  hop.port = integer_of(ref.server.port_node()["number"]).value_or(0);
  const auto protocol = ref.server.protocol();
  hop.label = format("Gateway {} {} {}", name_of(*ref.gateway), ref.server.port_node()["number"].str(), protocol.value_or("?"));
  const bool sends_away = ref.server.tls()["httpsRedirect"].boolean() == true;
  if (sends_away && !ref.server.tls()["mode"]) {
    hop.label += " (httpsRedirect)";
  } else if (ref.server.tls()) {
    hop.label += format(" ({})", ref.server.tls_mode().value_or("PASSTHROUGH"));
  }
  for (yaml::Node host : ref.server.hosts()) {
    const auto text = text_of(host);
    hop.takes.hosts_open = hop.takes.hosts_open || !text.is_known();
    if (text.is_known()) hop.takes.hosts.push_back(lower(gateway_host(*text).host));
  }
  hop.choice = Hop::Choice::best_host;
  if (sends_away) {
    hop.redirection = Redirection{"https", "", "", std::nullopt};
    const Sender sender = sender_of(*ref.gateway);
    const bool pods = Workload::kinds().end() != std::find(Workload::kinds().begin(), Workload::kinds().end(), sender.seeker->kind);
    hop.redirects_to_https = pods ? trusted_proxies(graph_, Workload(*sender.seeker)) : trusted_proxies(graph_, *ref.gateway);
  }
  const GatewayRoutes& routes = graph_.routes_of(*ref.gateway);
  if (!routes.virtual_services.empty() && !routes.unknown) {
    hop.otherwise = "no VirtualService on the Gateway has the host: it answers 404";
  }
  const std::uint32_t at_server = add(std::move(hop));
  known->second = at_server;
  add_virtual_services(at_server, ref);
  return at_server;
}

namespace {

/// Whether a server's host is open to VirtualServices of a namespace.
bool opens_to(const GatewayHost& host, const Resource& gateway, const Resource& vs) {
  if (host.ns.empty() || host.ns == "*") return true;
  return (host.ns == "." ? gateway.ns : host.ns) == vs.ns;
}

}  // namespace

void HopBuilder::add_virtual_services(std::uint32_t hop, const ServerRef& ref) {
  const auto [at_gateway, fresh] = routed_.try_emplace(ref.gateway->id);
  Routed& routed = at_gateway->second;
  const Sender sender = sender_of(*ref.gateway);
  if (fresh) {
    for (const VirtualService& vs : graph_.routes_of(*ref.gateway).virtual_services) {
      if ((wants_ && !wants_(vs)) || visibility(graph_, *vs).in(sender.ns) == Truth::no) continue;
      for (yaml::Node host : vs.hosts()) {
        // What a placeholder stands for may be any host.
        routed.hosts.add(text_of(host).value_or("*"), static_cast<std::uint32_t>(routed.virtual_services.size()));
      }
      routed.virtual_services.push_back(vs);
    }
  }
  std::vector<std::uint32_t> found;
  for (yaml::Node node : ref.server.hosts()) {
    const GatewayHost host = gateway_host(text_of(node).value_or("*"));
    for (const std::uint32_t one : routed.hosts.overlapping(host.host)) {
      if (opens_to(host, *ref.gateway, *routed.virtual_services[one])) found.push_back(one);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  const RouteKind kind = hop::routes_of(ref.server);
  for (const std::uint32_t one : found) {
    const std::uint32_t to = virtual_service_hop(routed.virtual_services[one], sender, name_of(*ref.gateway), kind);
    link(hop, within(to));
  }
  if (!found.empty() || wants_) return;
  Link out = within(end(HopKind::nowhere, "?", ref.gateway, ref.server.node["hosts"]));
  const GatewayRoutes& routes = graph_.routes_of(*ref.gateway);
  const bool known = !routes.virtual_services.empty() && !routes.unknown;
  out.verdict = known ? Verdict::broken : Verdict::unknown;
  out.reason =
      known ? "no VirtualService on the Gateway has one of the server's hosts" : "no VirtualService of this Gateway is among the manifests";
  out.decided_by = ref.gateway;
  out.place = ref.server.node["hosts"];
  link(hop, std::move(out));
}

std::uint32_t HopBuilder::virtual_service_hop(const VirtualService& vs, const Sender& sender, std::string_view gateway, RouteKind kind) {
  const auto [known, fresh] = virtual_services_.try_emplace({vs->id, std::string(gateway), kind});
  if (!fresh) return known->second;
  Hop hop;
  hop.kind = HopKind::virtual_service;
  hop.resource = vs.resource;
  hop.place = vs.spec()["hosts"] ? vs.spec()["hosts"] : vs->name_node();
  hop.label = format("VirtualService {}", name_of(*vs));
  hop.choice = Hop::Choice::first;
  for (yaml::Node host : vs.hosts()) {
    const auto text = text_of(host);
    hop.takes.hosts_open = hop.takes.hosts_open || !text.is_known();
    if (text.is_known()) hop.takes.hosts.push_back(gateway == "mesh" ? graph_.full_host(*vs, *text) : lower(*text));
  }
  hop.otherwise = "no route of the VirtualService takes the request: it gets 404";
  const std::uint32_t at_vs = add(std::move(hop));
  known->second = at_vs;
  Sender passing = sender;
  passing.tls_inside = kind == RouteKind::tls;
  passing.speaks_http = kind == RouteKind::http;
  add_routes(at_vs, vs, passing, gateway, kind, 0);
  return at_vs;
}

void HopBuilder::add_routes(std::uint32_t hop, const VirtualService& vs, const Sender& sender, std::string_view gateway, RouteKind kind,
                            unsigned depth) {
  const std::string_view list = kind == RouteKind::http ? "http" : kind == RouteKind::tls ? "tls" : "tcp";
  std::size_t number = 0;
  for (yaml::Node route : vs.spec()[list].items()) {
    const std::uint32_t to = route_hop(vs, route, ++number, sender, gateway, kind, depth);
    link(hop, within(to));
  }
  if (number != 0) return;
  Link out = broken_link(within(end(HopKind::nowhere, "nowhere", vs.resource, vs->name_node())),
                         format("the VirtualService has no `{}` routes", list), vs.resource, vs->name_node());
  if (vs->opaque) out.verdict = Verdict::unknown, out.reason = "the routes of the VirtualService are not known";
  link(hop, std::move(out));
}

std::uint32_t HopBuilder::route_hop(const VirtualService& vs, yaml::Node route, std::size_t number, const Sender& sender,
                                    std::string_view gateway, RouteKind kind, unsigned depth) {
  Hop hop;
  hop.kind = HopKind::route;
  hop.resource = vs.resource;
  hop.place = route;
  const auto name = text_of(route["name"]);
  hop.label = name.is_known() ? format("route {}", *name) : format("route {}", number);
  if (kind == RouteKind::http) hop.takes.http_match = route["match"];
  if (kind == RouteKind::http) hop.rewrite = route["rewrite"];
  if (kind == RouteKind::tls) {
    for (yaml::Node match : route["match"].items()) {
      for (yaml::Node host : match["sniHosts"].items()) {
        const auto text = text_of(host);
        hop.takes.hosts_open = hop.takes.hosts_open || !text.is_known();
        if (text.is_known()) hop.takes.hosts.push_back(lower(*text));
      }
    }
  }
  hop.takes.gateway = std::string(gateway);
  const std::uint32_t at_route = add(std::move(hop));
  add_action(at_route, vs, route, sender, gateway, kind, depth);
  return at_route;
}

void HopBuilder::add_action(std::uint32_t hop, const VirtualService& vs, yaml::Node route, const Sender& sender, std::string_view gateway,
                            RouteKind kind, unsigned depth) {
  if (const yaml::Node redirect = route["redirect"]) {
    const auto part = [&](const char* key) { return std::string(text_of(redirect[key]).value_or("")); };
    const auto port = integer_of(redirect["port"]);
    const Redirection to{lower(part("scheme")), lower(part("authority")), part("uri"),
                         port.is_known() ? std::optional(*port) : std::nullopt};
    return link(hop, within(redirect_hop(to, vs.resource, redirect)));
  }
  if (const yaml::Node response = route["directResponse"]) {
    link(hop, within(end(HopKind::response, format("response {}", response["status"].str()), vs.resource, response)));
    return;
  }
  if (const yaml::Node delegate = route["delegate"]) {
    for (const Edge* edge : graph_.from(*vs)) {
      if (edge->relation != Relation::virtualservice_delegate || !(edge->place == delegate["name"])) continue;
      if (edge->to.found() && depth < most_delegates) {
        at(hop).choice = Hop::Choice::first;
        at(hop).otherwise = "no route of the delegate takes the request: it gets 404";
        return add_routes(hop, VirtualService(*edge->to.target), sender, gateway, kind, depth + 1);
      }
      Link out =
          broken_link(within(end(HopKind::nowhere, "nowhere", vs.resource, edge->place)),
                      format("the VirtualService `{}` that the route delegates to does not exist", edge->name), vs.resource, edge->place);
      if (edge->to.unknown()) out.verdict = Verdict::unknown, out.reason = "the delegate is not among the manifests";
      return link(hop, std::move(out));
    }
  }
  const Truth aborts = istio::aborts_all(route);
  const yaml::Node fault = route["fault"]["abort"];
  if (aborts == Truth::yes) {
    return link(hop, broken_link(within(end(HopKind::nowhere, "nowhere", vs.resource, fault)),
                                 "the route's fault answers every request with an error", vs.resource, fault));
  }
  for (yaml::Node target : route["route"].items()) add_destination(hop, vs, target, false, sender);
  for (Link& out : at(hop).links) {
    if (aborts == Truth::unknown && out.verdict == Verdict::ok)
      out.verdict = Verdict::unknown, out.reason = "whether the route's fault lets requests through is not known";
  }
  if (const yaml::Node mirror = route["mirror"]) add_destination(hop, vs, mirror, true, sender);
  for (yaml::Node mirror : route["mirrors"].items()) add_destination(hop, vs, mirror, true, sender);
  if (!at(hop).links.empty()) return;
  Link out =
      broken_link(within(end(HopKind::nowhere, "nowhere", vs.resource, route)), "the route names no destination", vs.resource, route);
  if (vs->patched) out.verdict = Verdict::unknown;
  link(hop, std::move(out));
}

}  // namespace hop
