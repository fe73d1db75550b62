// A server that takes other routes than the VirtualServices on it have.
#include <algorithm>
#include <array>
#include <set>

#include "graph/gateway_port.h"
#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view kinds[] = {"http", "tls", "tcp"};  ///< by RouteKind

/// Which routes a server takes; nothing where it takes none (it redirects, or passes on by itself) or that is not known.
std::optional<std::size_t> kind_of(const GatewayServer& server) {
  const auto mode = server.tls_mode();
  if (mode.equals("AUTO_PASSTHROUGH") != Truth::no || server.tls()["httpsRedirect"].boolean() == true) return std::nullopt;
  if (expects_tls(server) != truth(static_cast<bool>(server.tls()))) return std::nullopt;
  return static_cast<std::size_t>(routes_of(server));
}

std::vector<std::size_t> kinds_of(const VirtualService& vs) {
  std::vector<std::size_t> own;
  for (std::size_t kind = 0; kind < std::size(kinds); ++kind) {
    if (vs.spec()[kinds[kind]].size() > 0) own.push_back(kind);
  }
  return own;
}

class Checker {
 public:
  Checker(const Gateway& gateway, Report& report) : gateway_(gateway), report_(report) {
    for (yaml::Node node : gateway.servers()) {
      const auto kind = kind_of(GatewayServer{node});
      for (yaml::Node host : GatewayServer{node}.hosts()) {
        if (!text_of(host).is_known()) open_ = true;
        if (kind) served_[*kind].add(gateway_host(host.str()).host);
      }
    }
  }

  bool is_open() const { return open_; }

  void check(const VirtualService& vs) {
    const std::vector<std::size_t> own = kinds_of(vs);
    if (own.empty()) return;
    for (std::size_t kind : own) {
      if (overlaps(vs, served_[kind])) return;
    }
    for (yaml::Node node : gateway_.servers()) {
      const GatewayServer server{node};
      const auto kind = kind_of(server);
      if (kind && takes(server, vs)) return report(vs, server, *kind, own.front());
    }
  }

 private:
  static bool overlaps(const VirtualService& vs, const HostSet& hosts) {
    return std::ranges::any_of(vs.hosts(), [&](yaml::Node host) { return !text_of(host).is_known() || hosts.overlaps(host.str()); });
  }

  static bool takes(const GatewayServer& server, const VirtualService& vs) {
    HostSet hosts;
    for (yaml::Node host : server.hosts()) hosts.add(gateway_host(host.str()).host);
    return overlaps(vs, hosts);
  }

  void report(const VirtualService& vs, const GatewayServer& server, std::size_t takes, std::size_t has) {
    const yaml::Node mode = server.tls()["mode"];
    const yaml::Node place = mode ? mode : server.protocol().node();
    if (!told_.insert(place.span()).second) return;
    report_
        .at(gateway_, place,
            format("the server takes `{}` routes, and VirtualService `{}` on it has `{}` routes only", kinds[takes], vs->name, kinds[has]))
        .note(vs.spec()[kinds[has]], "these are not looked at");
  }

  const Gateway& gateway_;
  Report& report_;
  std::array<HostSet, std::size(kinds)> served_;
  bool open_ = false;
  std::set<Span> told_;
};

void check(const Graph& graph, Report& report) {
  for (const Gateway& gateway : graph.linted<Gateway>()) {
    const GatewayRoutes& routes = graph.routes_of(*gateway);
    if (routes.virtual_services.empty() || gateway->patched) continue;
    Checker checker(gateway, report);
    if (checker.is_open()) continue;
    std::vector<VirtualService> by_name = routes.virtual_services;  // one of several is named, whatever the order of files
    std::ranges::stable_sort(by_name, {}, [](const VirtualService& vs) { return std::pair(vs->ns, vs->name); });
    for (const VirtualService& vs : by_name) {
      if (vs->linted() && !vs->patched) checker.check(vs);
    }
  }
}

}  // namespace

extern constinit const Rule gateway_routes_of_other_kind = {
    .info = {.id = "gateway-routes-of-other-kind",
             .summary = "a Gateway server takes other routes than the VirtualServices on it have",
             .docs = "HTTP servers, and HTTPS servers that end TLS, look at `http` routes; `PASSTHROUGH` at `tls` routes, by server name; "
                     "TCP servers, and servers of protocol TLS that end it, at `tcp` routes. Told where no server of the Gateway that "
                     "takes a VirtualService's hosts looks at any of its routes.",
             .effect = "connections to these hosts are reset: the gateway has no route for them",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService",
             .severity = Severity::error},
    .reads = {Kind::gateway, Facet::routing},
    .check = check,
};

}  // namespace hop::rules
