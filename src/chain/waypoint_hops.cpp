// Waypoints of ambient mode, and the routes of the Gateway API that hang on a Service rather than on a Gateway.
// Sources: istio.io/docs/ambient/usage/waypoint; gateway-api.sigs.k8s.io "Gateway API for Service Mesh".

#include "chain/builder.h"
#include "graph/ambient.h"
#include "text/format.h"

namespace hop {

std::vector<HttpRoute> HopBuilder::routes_of_service(const Resource& service, const ServicePort& port) {
  if (!service_routes_read_) {
    service_routes_read_ = true;
    for (Kind kind : HttpRoute::kinds()) {
      for (const Resource* resource : graph_.of(kind)) {
        if (resource->opaque) continue;
        const HttpRoute route(*resource);
        for (const RouteRef& parent : route.parents()) {
          if (parent.kind != Kind::service) continue;
          const Lookup found = graph_.find(*route, Kind::service, parent.ns, parent.name().str());
          if (found.found()) service_routes_[found.target->id].emplace_back(route, parent.node["port"]);
        }
      }
    }
  }
  std::vector<HttpRoute> routes;
  for (const auto& [route, wanted] : service_routes_[service.id]) {
    const bool other = wanted && integer_of(wanted).is_known() && port.number().equals(*integer_of(wanted)) == Truth::no;
    if (!other) routes.push_back(route);
  }
  return routes;
}

namespace {

/// Whether an ingress gateway goes through the waypoint too: the Service's label decides, else the namespace's.
bool asks_entries(const Graph& graph, const Service& service) {
  constexpr std::string_view label = "istio.io/ingress-use-waypoint";
  if (const yaml::Node own = service->label(label)) return own.str() == "true";
  const Lookup ns = graph.find(*service, Kind::namespace_, "", service->ns);
  return ns.found() && ns.target->label(label).str() == "true";
}

/// Whether no listener of the waypoint is for the mesh's tunnel. Source: istio/istio pilot/pkg/config/kube/gateway/conversion.go.
bool takes_no_tunnel(const Resource& waypoint) {
  if (waypoint.opaque || waypoint.patched) return false;
  for (yaml::Node listener : K8sGateway(waypoint).listeners()) {
    const Truth fits = integer_of(listener["port"]).equals(15008) && text_of(listener["protocol"]).equals("HBONE");
    if (fits != Truth::no) return false;
  }
  return true;
}

/// Whether a waypoint takes what is sent to Services. Source: label `istio.io/waypoint-for`; Services without it.
bool is_for_services(const Resource& waypoint) {
  const auto what = text_of(waypoint.label("istio.io/waypoint-for"));
  return what.is_absent() || what.is_unknown() || *what == "service" || *what == "all";
}

}  // namespace

std::optional<WaypointUse> HopBuilder::waypoint_for(const Sender& sender, const Service& service) {
  const bool asked = sender.type == Sender::Type::ztunnel || (sender.is_entry && asks_entries(graph_, service));
  if (!asked) return std::nullopt;
  const auto use = waypoint_of(graph_, *service, service->labels());
  if (!use || (use->gateway.found() && !is_for_services(*use->gateway.target))) return std::nullopt;
  // A waypoint that does not exist is left out.
  return use->gateway.missing() ? std::nullopt : use;
}

std::uint32_t HopBuilder::waypoint_hop(const WaypointUse& use, const Service& service, const ServicePort& port,
                                       std::string_view full_host) {
  const auto [known, fresh] = waypoints_.try_emplace({key_of(service->root), key_of(port.node)});
  if (!fresh) return known->second;
  Hop hop;
  hop.kind = HopKind::gateway;
  hop.resource = use.gateway.found() ? use.gateway.target : service.resource;
  hop.place = use.gateway.found() ? use.gateway.target->name_node() : use.name;
  hop.label = format("waypoint {}/{}", use.ns, use.name.str());
  hop.otherwise = "no rule of the routes takes the request: the waypoint answers 404";
  const std::uint32_t at_waypoint = add(std::move(hop));
  known->second = at_waypoint;
  Sender sender;
  sender.type = Sender::Type::proxy;
  sender.seeker = use.gateway.found() ? use.gateway.target : service.resource;
  sender.ns = sender.seeker->ns;
  if (use.gateway.found()) set_name(*use.gateway.target, sender);
  const std::vector<HttpRoute> routes = routes_of_service(*service, port);
  for (const HttpRoute& route : routes) {
    const std::uint32_t to = api_route_hop(route, sender);
    link(at_waypoint, within(to));
  }
  if (!routes.empty()) return at_waypoint;
  const SenderTls tls = sender_tls(graph_, sender, full_host, port.number().is_known() ? std::optional(*port.number()) : std::nullopt, "");
  add_pods(at_waypoint, sender, tls, service, port);
  return at_waypoint;
}

Link HopBuilder::link_to_waypoint(const Sender& sender, const WaypointUse& use, const Service& service, const ServicePort& port) {
  Link out;
  out.type = Link::Type::wire;
  out.protocol = "HBONE";
  out.encryption = Encryption::mtls;
  out.verified = true;
  out.reason = "HBONE";
  out.decided_by = service.resource;
  out.place = use.name;
  if (use.gateway.found() && takes_no_tunnel(*use.gateway.target)) {
    const yaml::Node listeners = use.gateway.target->spec()["listeners"];
    return broken_link(std::move(out), "the waypoint has no listener for HBONE on port 15008", use.gateway.target, listeners);
  }
  out.gate = gate_of_waypoint(sender, use, service, port);
  if (use.gateway.unknown()) out.verdict = Verdict::unknown, out.reason = "the waypoint is not among the manifests";
  return out;
}

}  // namespace hop
