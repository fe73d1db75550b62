#pragma once
// How many proxies in front of a gateway are trusted: `gatewayTopology.numTrustedProxies`, which decides whether X-Forwarded-Proto and
// X-Forwarded-For of a load balancer are believed. Source: istio.io "Configuring Gateway Network Topology"; Envoy http_conn_man headers.

#include <cstdint>
#include <memory>

#include "graph/graph.h"

namespace hop {

struct TrustedProxies {
  std::int64_t count = 0;            ///< 0 where nobody says anything
  bool known = false;                ///< false where the mesh's configuration is not among the manifests, and where it is open
  bool open = false;                 ///< a placeholder or an EnvoyFilter decides
  bool malformed = false;            ///< it is written, but no number from 0 up
  yaml::Node node;                   ///< where it is written; absent if nowhere
  const Resource* set_by = nullptr;  ///< the workload by annotation, or who holds the mesh's configuration
  std::shared_ptr<const yaml::Document> document;  ///< keeps `node` alive
};

/// In force for the pods of a gateway: their annotation `proxy.istio.io/config` over the mesh's `defaultConfig`.
TrustedProxies trusted_proxies(const Graph& graph, const Workload& gateway);
/// What the mesh says for every gateway that `seeker` sees.
TrustedProxies trusted_proxies(const Graph& graph, const Resource& seeker);

}  // namespace hop
