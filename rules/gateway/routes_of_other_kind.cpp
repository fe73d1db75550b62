// A server that takes other routes than the VirtualServices on it have.
#include <algorithm>
#include <array>
#include <map>

#include "chain/host_map.h"
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

/// A VirtualService on a server that takes none of its routes.
struct Contradiction {
  VirtualService vs;
  yaml::Node place;  ///< what says which routes the server takes
  std::size_t takes, has;
};

class Checker {
 public:
  explicit Checker(const Gateway& gateway) : gateway_(gateway) {
    for (yaml::Node node : gateway.servers()) {
      const auto kind = kind_of(GatewayServer{node});
      for (yaml::Node host : GatewayServer{node}.hosts()) {
        if (!text_of(host).is_known()) open_ = true;
        if (kind) served_[*kind].add(gateway_host(host.str()).host);
      }
      if (kind) servers_.push_back({GatewayServer{node}, *kind});
    }
  }

  bool is_open() const { return open_; }

  void report(Report& report) const {
    for (const auto& [span, told] : told_) {
      report
          .at(gateway_, told.place,
              format("the server takes `{}` routes, and VirtualService `{}` on it has `{}` routes only", kinds[told.takes], told.vs->name,
                     kinds[told.has]))
          .note(told.vs.spec()[kinds[told.has]], "these are not looked at");
    }
  }

  void check(const VirtualService& vs) {
    const std::vector<std::size_t> own = kinds_of(vs);
    if (own.empty()) return;
    for (std::size_t kind : own) {
      if (overlaps(vs, served_[kind])) return;
    }
    if (std::ranges::none_of(served_, [&](const HostSet& hosts) { return overlaps(vs, hosts); })) return;
    const auto& [server, kind] = servers_[first_that_takes(vs)];
    keep(vs, server, kind, own.front());
  }

 private:
  static bool overlaps(const VirtualService& vs, const HostSet& hosts) {
    return std::ranges::any_of(vs.hosts(), [&](yaml::Node host) { return !text_of(host).is_known() || hosts.overlaps(host.str()); });
  }

  /// Position of the first server for one of the hosts; one of them is for one.
  std::size_t first_that_takes(const VirtualService& vs) {
    if (by_host_.empty()) {
      for (std::uint32_t at = 0; at < servers_.size(); ++at) {
        for (yaml::Node host : servers_[at].first.hosts()) by_host_.add(gateway_host(host.str()).host, at);
      }
    }
    std::size_t first = servers_.size() - 1;
    for (yaml::Node host : vs.hosts()) {
      const std::vector<std::uint32_t> found = by_host_.overlapping(host.str());
      if (!found.empty()) first = std::min<std::size_t>(first, found.front());
    }
    return first;
  }

  /// Of several at one server the first by name is told, whatever the order of files.
  void keep(const VirtualService& vs, const GatewayServer& server, std::size_t takes, std::size_t has) {
    const yaml::Node mode = server.tls()["mode"];
    const Contradiction found{vs, mode ? mode : server.protocol().node(), takes, has};
    const auto [told, first] = told_.emplace(found.place.span(), found);
    if (!first && name_of(vs) < name_of(told->second.vs)) told->second = found;
  }

  static std::pair<std::string_view, std::string_view> name_of(const VirtualService& vs) { return {vs->ns, vs->name}; }

  const Gateway& gateway_;
  std::vector<std::pair<GatewayServer, std::size_t>> servers_;  ///< those that take routes, with the kind
  HostMap by_host_;                                             ///< of those servers: once somebody asks
  std::array<HostSet, std::size(kinds)> served_;
  bool open_ = false;
  std::map<Span, Contradiction> told_;
};

void check(const Graph& graph, Report& report) {
  for (const Gateway& gateway : graph.linted<Gateway>()) {
    const GatewayRoutes& routes = graph.routes_of(*gateway);
    if (routes.virtual_services.empty() || gateway->patched) continue;
    Checker checker(gateway);
    if (checker.is_open()) continue;
    for (const VirtualService& vs : routes.virtual_services) {
      if (vs->linted() && !vs->patched) checker.check(vs);
    }
    checker.report(report);
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
