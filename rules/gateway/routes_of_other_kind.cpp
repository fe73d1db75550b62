// A server that takes other routes than the VirtualServices on it have.
#include <algorithm>
#include <array>
#include <set>

#include "chain/host_map.h"
#include "model/host.h"
#include "model/port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view kinds[] = {"http", "tls", "tcp"};
constexpr std::size_t http = 0, tls = 1, tcp = 2;

/// Which routes a server takes; nothing where it takes none (it redirects, or passes on by itself) or that is not known.
std::optional<std::size_t> kind_of(const GatewayServer& server) {
  const auto word = server.protocol();
  const auto mode = server.tls_mode();
  if (!word.is_known() || mode.is_unknown() || server.tls()["httpsRedirect"].boolean() == true) return std::nullopt;
  const Protocol protocol = parse_protocol(*word);
  const std::string_view how = mode.value_or("PASSTHROUGH");
  if (speaks_tls(protocol)) {
    if (!server.tls() || how == "AUTO_PASSTHROUGH") return std::nullopt;
    if (how == "PASSTHROUGH") return tls;
    return protocol == Protocol::https ? http : tcp;
  }
  if (server.tls()) return std::nullopt;
  return speaks_http(protocol) ? http : tcp;
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
      if (kind) servers_.push_back({GatewayServer{node}, *kind});
    }
  }

  bool is_open() const { return open_; }

  void check(const VirtualService& vs) {
    const std::vector<std::size_t> own = kinds_of(vs);
    if (own.empty()) return;
    for (std::size_t kind : own) {
      if (overlaps(vs, served_[kind])) return;
    }
    if (std::ranges::none_of(served_, [&](const HostSet& hosts) { return overlaps(vs, hosts); })) return;
    const auto& [server, kind] = servers_[first_that_takes(vs)];
    report(vs, server, kind, own.front());
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
  std::vector<std::pair<GatewayServer, std::size_t>> servers_;  ///< those that take routes, with the kind
  HostMap by_host_;                                             ///< of those servers: once somebody asks
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
