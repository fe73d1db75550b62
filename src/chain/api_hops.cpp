// The Gateway API: Gateways that Istio or the AWS Load Balancer Controller serves, their listeners, and routes to Services.

#include <algorithm>
#include <functional>

#include "chain/builder.h"
#include "graph/aws_gateway.h"
#include "graph/gateway_class.h"
#include "model/gatewayapi/listeners.h"
#include "model/gatewayapi/views.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

bool is_tls(yaml::Node listener) {
  const std::string_view protocol = listener["protocol"].str();
  return protocol == "HTTPS" || protocol == "TLS";
}

bool passes_tls_on(yaml::Node listener) { return listener["tls"]["mode"].str() == "Passthrough"; }

std::string_view route_kind_of(const Resource& route) { return route.kind_name; }

/// Exact paths before prefixes, long ones before short, then methods, headers and queries. Source: HTTPRouteRule, "matches".
std::uint32_t precedence_of(yaml::Node rule) {
  std::uint32_t highest = 0;
  for (yaml::Node match : rule["matches"].items()) {
    const yaml::Node path = match["path"];
    const std::size_t length = std::min<std::size_t>(path["value"].str().size(), 1024);
    std::size_t value = (path["type"].str() == "Exact" ? std::size_t{1} << 24 : 0) + (length << 10);
    if (match["method"]) value += 512;
    value += (std::min<std::size_t>(match["headers"].size(), 20) << 4) + std::min<std::size_t>(match["queryParams"].size(), 15);
    highest = std::max(highest, static_cast<std::uint32_t>(value));
  }
  return highest;
}

/// By the LoadBalancerConfiguration; `internal` is the controller's default, which the command line may change.
Truth faces_internet(const AwsGateway& found) {
  if (found.configuration == nullptr || found.open) return Truth::unknown;
  const auto scheme = text_of(found.configuration->spec()["scheme"]);
  return scheme.is_known() ? truth(*scheme == "internet-facing") : Truth::unknown;
}

}  // namespace

std::span<const HopBuilder::Attached> HopBuilder::attached_to(const K8sGateway& gateway, yaml::Node listener) {
  if (!attachments_) {
    attachments_ = attachments(graph_);
    for (const Attachment& attachment : *attachments_) attach(attachment);
  }
  return attached_[{gateway->id, key_of(listener)}];
}

/// Adds a route to each listener of the Gateway that it is meant for, in time linear in the listeners.
void HopBuilder::attach(const Attachment& attachment) {
  const Resource& gateway = *attachment.gateway.target;
  const std::vector<yaml::Node> meant = meant_listeners(gateway, attachment.parent).listeners;
  const auto takes = [&](yaml::Node listener) { return takes_namespace(graph_, listener, gateway, *attachment.route) != Truth::no; };
  const bool taken = std::ranges::any_of(meant, takes);
  for (yaml::Node listener : meant) {
    if (takes_kind(listener, route_kind_of(*attachment.route)) == Truth::no) continue;
    if (shares_host(listener, attachment.route.spec()["hostnames"]) == Truth::no) continue;
    const bool refused = !takes(listener);
    // Where another of the listeners that are meant takes the route, this one was not.
    if (refused && taken) continue;
    std::vector<Attached>& attached = attached_[{gateway.id, key_of(listener)}];
    if (attached.empty() || attached.back().attachment != &attachment) attached.push_back({&attachment, refused});  // an alias repeats one
  }
}

void HopBuilder::add_api_gateways() {
  std::map<std::tuple<std::uint16_t, std::string_view, std::string_view>, bool> served;
  for (const Service& service : graph_.all<Service>()) {
    if (const auto name = text_of(service.selector()[gateway_name_label]); name.is_known())
      served[{service->cluster, service->ns, *name}] = true;
  }
  std::map<std::uint32_t, Truth> internet;  // of the load balancers of AWS, by Gateway
  for (const AwsGateway& found : aws_gateways(graph_)) internet[found.gateway->id] = faces_internet(found);
  for (const K8sGateway& gateway : graph_.linted<K8sGateway>()) {
    const std::string_view controller = controller_of(graph_, gateway);
    const bool aws = is_aws_gateway_controller(controller);
    if (!aws && (controller != istio_gateway_controller || served.contains({gateway->cluster, gateway->ns, gateway->name}))) continue;
    const bool network = controller == "gateway.k8s.aws/nlb";
    for (yaml::Node listener : gateway.listeners()) {
      const auto port = integer_of(listener["port"]);
      if (!port.is_known()) continue;
      Sender sender = sender_of(*gateway);
      if (aws) sender.type = Sender::Type::outside, sender.protocol = network ? "TCP" : "HTTP";
      const std::uint32_t at_listener = api_listener_hop(gateway, listener, sender);
      at(at_listener).kind = HopKind::listener;
      at(at_listener).port = *port;
      at(at_listener).https = is_tls(listener) && !passes_tls_on(listener);
      at(at_listener).internet = aws ? internet[gateway->id] : Truth::unknown;
      Link in;
      in.to = at_listener;
      in.type = Link::Type::wire;
      in.protocol = listener["protocol"].str();
      in.encryption = is_tls(listener) ? Encryption::tls : Encryption::plaintext;
      in.verified = is_tls(listener);
      in.decided_by = gateway.resource;
      in.place = listener["protocol"];
      hops_.entries_.push_back(std::move(in));
    }
  }
}

std::uint32_t HopBuilder::api_listener_hop(const K8sGateway& gateway, yaml::Node listener, const Sender& sender) {
  const auto [known, fresh] = api_listeners_.try_emplace({key_of(listener), sender.seeker});
  if (!fresh) return known->second;
  Hop hop;
  hop.kind = HopKind::server;
  hop.resource = gateway.resource;
  hop.place = listener["name"] ? listener["name"] : listener;
  hop.label = format("Gateway {} listener {} :{} {}", name_of(*gateway), listener["name"].str(), listener["port"].str(),
                     listener["protocol"].str());
  if (const auto mode = text_of(listener["tls"]["mode"]); mode.is_known() && *mode != "Terminate") hop.label += format(" ({})", *mode);
  const auto host = text_of(listener["hostname"]);
  if (host.is_known()) hop.takes.hosts.push_back(lower(*host));
  hop.takes.hosts_open = host.is_unknown();
  hop.choice = Hop::Choice::best_host;
  hop.otherwise = "no route of the Gateway takes the host and path: it answers 404";
  const std::uint32_t at_listener = add(std::move(hop));
  known->second = at_listener;
  add_api_routes(at_listener, gateway, listener, sender);
  return at_listener;
}

void HopBuilder::add_api_routes(std::uint32_t hop, const K8sGateway& gateway, yaml::Node listener, const Sender& sender) {
  for (const auto& [attachment, refused] : attached_to(gateway, listener)) {
    Link out = within(api_route_hop(attachment->route, sender));
    if (refused) {
      out.verdict = Verdict::broken;
      out.reason = format("the listener takes no routes from namespace `{}`", attachment->route->ns);
      out.decided_by = attachment->route.resource;
      out.place = attachment->parent.name();
    }
    link(hop, std::move(out));
  }
  if (!at(hop).links.empty()) return;
  Link out = within(end(HopKind::nowhere, "?", gateway.resource, listener));
  out.verdict = Verdict::unknown;
  out.reason = "no route of this listener is among the manifests";
  link(hop, std::move(out));
}

std::uint32_t HopBuilder::api_route_hop(const HttpRoute& route, const Sender& sender) {
  const auto [known, fresh] = api_routes_.try_emplace({route->id, sender.seeker});
  if (!fresh) return known->second;
  Hop hop;
  hop.kind = HopKind::virtual_service;
  hop.resource = route.resource;
  hop.place = route->name_node();
  hop.label = format("{} {}", route->kind_name, name_of(*route));
  hop.choice = Hop::Choice::first;
  hop.otherwise = "no rule of the route takes the request: it gets 404";
  for (yaml::Node host : route.spec()["hostnames"].items()) {
    const auto text = text_of(host);
    hop.takes.hosts_open = hop.takes.hosts_open || !text.is_known();
    if (text.is_known()) hop.takes.hosts.push_back(lower(*text));
  }
  const std::uint32_t at_route = add(std::move(hop));
  known->second = at_route;
  std::size_t number = 0;
  Sender passing = sender;
  passing.speaks_http = true;
  for (yaml::Node rule : route.spec()["rules"].items()) add_api_rule(at_route, route, rule, ++number, passing);
  std::ranges::stable_sort(at(at_route).links, std::greater<>(), [&](const Link& link) { return at(link.to).takes.precedence; });
  return at_route;
}

Truth HopBuilder::is_granted(const Resource& route, std::string_view ns, std::string_view service) {
  if (!grants_) grants_.emplace(graph_);
  return grants_->allow(route, route.kind_name, ns, "Service", service);
}

void HopBuilder::add_api_rule(std::uint32_t hop, const HttpRoute& route, yaml::Node rule, std::size_t number, const Sender& sender) {
  Hop next;
  next.kind = HopKind::route;
  next.resource = route.resource;
  next.place = rule;
  next.label = format("rule {}", number);
  next.takes.api_matches = rule["matches"];
  next.takes.precedence = precedence_of(rule);
  for (yaml::Node filter : rule["filters"].items()) {
    if (filter["urlRewrite"]) next.rewrite = filter["urlRewrite"];
  }
  const std::uint32_t at_rule = add(std::move(next));
  link(hop, within(at_rule));
  for (yaml::Node filter : rule["filters"].items()) {
    if (filter["type"].str() != "RequestRedirect") continue;
    const yaml::Node redirect = filter["requestRedirect"];
    const auto part = [&](const char* key) { return std::string(text_of(redirect[key]).value_or("")); };
    const auto port = integer_of(redirect["port"]);
    const yaml::Node path = redirect["path"]["replaceFullPath"];
    const Redirection to{lower(part("scheme")), lower(part("hostname")), std::string(text_of(path).value_or("")),
                         port.is_known() ? std::optional(*port) : std::nullopt};
    return link(at_rule, within(redirect_hop(to, route.resource, redirect)));
  }
  for (yaml::Node backend : rule["backendRefs"].items()) {
    const auto weight = integer_of(backend["weight"]);
    if (weight.is_known() && *weight == 0) continue;
    if (backend["kind"] && backend["kind"].str() != "Service") continue;
    const auto name = text_of(backend["name"]);
    const std::string_view ns = backend["namespace"] ? backend["namespace"].str() : route->ns;
    if (!name.is_known()) continue;
    Lookup found = graph_.find(*route, Kind::service, ns, *name);
    if (found.found() && ns != route->ns && is_granted(*route, ns, *name) == Truth::no) {
      Link out = within(end(HopKind::nowhere, "nowhere", route.resource, backend["namespace"]));
      out.verdict = graph_.complete(ns) || found.target->linted() ? Verdict::broken : Verdict::unknown;
      out.reason = format("no ReferenceGrant in namespace `{}` allows it", ns);
      out.decided_by = route.resource;
      out.place = backend["namespace"];
      link(at_rule, std::move(out));
      continue;
    }
    const std::string host = found.found() ? graph_.full_host(*found.target, found.target->name) : std::string(*name);
    add_service(at_rule, {}, sender, found, backend["name"], host, backend["port"], "",
                weight.is_known() ? std::optional(*weight) : std::nullopt, false);
  }
  if (!at(at_rule).links.empty()) return;
  Link out = within(end(HopKind::nowhere, "nowhere", route.resource, rule));
  out.verdict = Verdict::unknown;
  out.reason = "the rule names no Service";
  link(at_rule, std::move(out));
}

void HopBuilder::link_api_listeners(std::uint32_t hop, const GatewayPort& port, const Wire& wire) {
  for (const Resource* resource : port.api_gateways) {
    const K8sGateway gateway(*resource);
    for (yaml::Node listener : gateway.listeners()) {
      const auto number = integer_of(listener["port"]);
      if (!number.is_known() || !port.number || *number != *port.number) continue;
      Taker taker;
      taker.gateway = resource;
      taker.expects_tls = text_of(listener["protocol"]).is_known() ? truth(is_tls(listener)) : Truth::unknown;
      taker.any_name = !listener["hostname"] || listener["hostname"].str() == "*";
      taker.passes_tls_on = passes_tls_on(listener);
      taker.protocol = listener["protocol"];
      taker.mode = listener["tls"]["mode"];
      taker.hosts = listener["hostname"];
      taker.credential = listener["tls"]["certificateRefs"][std::size_t{0}]["name"];
      Link out = link_to(taker, wire);
      out.to = api_listener_hop(gateway, listener, sender_of(*resource));
      out.gate = gate_of_gateway(port, taker.passes_tls_on ? Asked::Sees::connections : Asked::Sees::requests, false);
      link(hop, std::move(out));
    }
  }
}

}  // namespace hop
