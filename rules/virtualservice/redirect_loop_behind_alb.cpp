// A route that redirects everything to HTTPS, behind an ALB that took it over HTTPS already.
#include <map>
#include <set>

#include "graph/entry_path.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether a match of the route tells by more than host and path what it takes: a header may be the client's protocol.
bool is_choosy(yaml::Node route) {
  for (yaml::Node match : route["match"].items()) {
    for (const auto& [key, value] : match.entries()) {
      if (key.str() != "uri" && key.str() != "name" && key.str() != "ignoreUriCase") return true;
    }
  }
  return false;
}

/// The `scheme` of a redirect that changes nothing else; absent if the route has none.
yaml::Node loop_of(yaml::Node route) {
  const yaml::Node redirect = route["redirect"];
  const bool elsewhere = redirect.has("authority") || redirect.has("uri") || redirect.has("port");
  return redirect["scheme"].str() == "https" && !elsewhere && !is_choosy(route) ? redirect["scheme"] : yaml::Node{};
}

/// The hosts that come over HTTPS and arrive at a Gateway as plain HTTP.
struct Arriving {
  HostSet hosts;
  yaml::Node listener;
  std::int64_t port = 0;
};

std::map<std::uint32_t, Arriving> arriving_at_gateways(const Graph& graph) {
  std::map<std::uint32_t, Arriving> gateways;
  for (const EntryPath& path : entry_paths(graph)) {
    if (!path.listener->https || !path.target->protocol.is("HTTP") || !path.rule->known) continue;
    for (const ServerRef& ref : path.target->servers) {
      Arriving& arriving =
          gateways.try_emplace(ref.gateway->id, Arriving{{}, path.listener->sources.front().node, path.listener->port}).first->second;
      if (path.rule->hosts.empty()) arriving.hosts.add("*");
      for (yaml::Node host : path.rule->hosts) arriving.hosts.add(host.str());
    }
  }
  return gateways;
}

bool arrives(const Arriving& arriving, const VirtualService& service) {
  for (yaml::Node host : service.hosts()) {
    if (text_of(host).is_known() && arriving.hosts.overlaps(host.str())) return true;
  }
  return false;
}

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  const auto gateways = arriving_at_gateways(graph);
  for (const Resource* gateway : graph.of(Kind::gateway)) {
    const auto arriving = gateways.find(gateway->id);
    if (arriving == gateways.end()) continue;
    for (const VirtualService& service : graph.routes_of(*gateway).virtual_services) {
      if (!service->linted() || !arrives(arriving->second, service)) continue;
      for (yaml::Node route : service.spec()["http"].items()) {
        const yaml::Node scheme = loop_of(route);
        if (!scheme || !told.insert(scheme.span()).second) continue;
        report.at(service, scheme, "redirects to HTTPS what the ALB already took over HTTPS")
            .note(arriving->second.listener, format("the ALB terminates TLS on port {}", arriving->second.port));
      }
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_redirect_loop_behind_alb = {
    .info = {.id = "virtualservice-redirect-loop-behind-alb",
             .summary = "a route redirects every request to HTTPS, but its ALB sends on plain HTTP what came over HTTPS",
             .docs =
                 "The ALB ends TLS and sends plain HTTP to the gateway, whose route answers every request with a redirect to HTTPS; the "
                 "client comes back through the ALB and is redirected again.\n\nLet the ALB redirect (`ssl-redirect`), or match on "
                 "`x-forwarded-proto: http`. Stays silent for routes that match on more than host and path, and for redirects to "
                 "another host, port or path.",
             .effect = "clients see ERR_TOO_MANY_REDIRECTS",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect",
             .severity = Severity::error},
    .reads = {Kind::gateway, Facet::entry, Facet::routing},
    .check = check,
};

}  // namespace hop::rules
