#pragma once
// The hosts that one Gateway serves, and for whom: thousands of VirtualServices may be bound to a Gateway of thousands of hosts. Knows
// nothing of routes.
// Sources: istio.io Gateway (`hosts` of a server: `namespace/host`); gateway-api.sigs.k8s.io Listener (`hostname`).

#include <map>
#include <string_view>

#include "model/host_patterns.h"
#include "model/istio/views.h"
#include "model/value.h"

namespace hop {

class Graph;

class GatewayHosts {
 public:
  /// Nothing is known.
  GatewayHosts() = default;
  /// Of a Gateway of Istio's or of the Gateway API; of anything else nothing is known.
  explicit GatewayHosts(const Resource& gateway);

  /// Whether one of them overlaps `host` and is open to the VirtualService's namespace. Unknown where a placeholder may be one.
  Truth serve(const Graph& graph, const VirtualService& vs, std::string_view host) const;

 private:
  void add_server(const GatewayServer& server);
  void add_listener(yaml::Node listener);

  const Resource* gateway_ = nullptr;
  HostPatterns for_all_;
  HostPatterns for_own_;                             ///< VirtualServices of the Gateway's namespace: `./host`
  std::map<std::string_view, HostPatterns> for_ns_;  ///< those of one namespace: `ns/host`
  HostPatterns for_some_;                            ///< those of any one
  bool unknown_ = true;
};

}  // namespace hop
