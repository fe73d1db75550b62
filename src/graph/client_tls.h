#pragma once
// How clients of the mesh call: automatic mTLS, and the TLS that DestinationRules ask for.
// Knows nothing of what servers accept (graph/mesh.h). Source: istio.io MeshConfig, DestinationRule reference (`ClientTLSSettings`).

#include <string>
#include <string_view>

#include "graph/graph.h"

namespace hop {

/// MeshConfig.enableAutoMtls where `seeker` lives; absent means on.
Value<bool> auto_mtls(const Graph& graph, const Resource& seeker);
/// Whether it is known to be off.
bool auto_mtls_is_off(const Graph& graph, const Resource& seeker);

enum class Reach : std::uint8_t { host, one_namespace, mesh };

/// What a DestinationRule's own trafficPolicy.tls says, and for how many hosts.
struct ClientTls {
  Reach reach = Reach::host;
  std::string ns;         ///< the one namespace
  std::string_view mode;  ///< "" where it says nothing; DISABLE where `tls` has no mode
  yaml::Node node;        ///< the mode, or `tls`
  bool mutual() const { return mode == "ISTIO_MUTUAL" || mode == "MUTUAL"; }
};
ClientTls client_tls(const Graph& graph, const DestinationRule& rule);

}  // namespace hop
