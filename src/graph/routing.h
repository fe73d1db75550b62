#pragma once
// Which hosts are served where: VirtualServices on a Gateway, hosts that no load balancer lets through, DestinationRules of a host.
// Rules about host names read these. Sources: istio.io VirtualService, Gateway and DestinationRule reference.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "graph/answers.h"
#include "graph/gateway_hosts.h"
#include "model/istio/views.h"

namespace hop {

/// A set of host patterns that answers in time linear in the labels of the asked host.
class HostSet {
 public:
  void add(std::string_view host);
  /// Whether some name matches both `host` and a host of the set.
  bool overlaps(std::string_view host) const;
  bool empty() const { return exact_.empty() && wild_.empty() && !all_; }

 private:
  // Hashes of lower-case text without trailing dots: a text each would be most of the work. Suffixes start at a label: "example.com" of
  // "a.example.com" and of "*.example.com".
  std::unordered_set<std::uint64_t> exact_;
  std::unordered_set<std::uint64_t> wild_;      ///< what follows the `*.`
  std::unordered_set<std::uint64_t> suffixes_;  ///< every proper suffix of exact hosts and every suffix of wildcards
  bool all_ = false;
};

struct Edge;

/// A destination of a VirtualService, with its host completed and looked up. Text points into the graph.
struct Destination : RouteDestination {
  std::string_view full_host;  ///< as Graph::full_host; "" where no host is written
  const Edge* edge = nullptr;  ///< what the host was found to be; nullptr where none is written
};

/// The VirtualServices bound to a Gateway.
struct GatewayRoutes {
  std::vector<VirtualService> virtual_services;
  HostSet hosts;
  bool unknown = false;       ///< a host is a placeholder
  bool unreachable = false;   ///< one of the hosts is among Graph::unreachable_hosts
  Once<GatewayHosts> served;  ///< Graph::served_hosts
};

/// A host of a VirtualService that none of the load balancers in front of its gateways lets through.
struct UnreachableHost {
  const Resource* virtual_service;
  yaml::Node host;
  yaml::Node nearest;        ///< a host that is let through: the most alike
  bool near = false;         ///< `nearest` differs in one label only
  bool other_entry = false;  ///< the gateway's Service is a load balancer itself
};

}  // namespace hop
