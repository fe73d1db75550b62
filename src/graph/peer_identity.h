#pragma once
// Whether connections to what a policy covers carry the identity of the peer: only mutual TLS does.
// Sources: istio.io PeerAuthentication, DestinationRule ClientTLSSettings, MeshConfig enableAutoMtls.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "graph/hash_index.h"
#include "graph/once.h"

namespace hop {

/// Why there is no identity, and the place that says so.
struct NoIdentity {
  std::string_view why;
  yaml::Node place;
};

/// Built once per check.
class PeerIdentity {
 public:
  explicit PeerIdentity(const Graph& graph);
  /// Answers only if every workload that `selector` covers in the policy's namespace (in the root namespace: the mesh) is without mutual
  /// TLS for certain: its pods refuse it, or its clients do not use it.
  std::optional<NoIdentity> missing(const Resource& policy, yaml::Node selector);
  /// The same of one workload.
  std::optional<NoIdentity> of_workload(const Workload& workload) const;

 private:
  std::optional<NoIdentity> of_all(std::span<const Workload> workloads) const;
  std::optional<NoIdentity> of_labels(const Resource& from, yaml::Node labels) const;
  Graph graph_;
  bool rules_open_;                                  ///< a DestinationRule is only known to exist: it may be for any host
  HashIndex<Service> services_;                      ///< those with a selector, by the first pair of it and namespace
  OncePerThing<std::optional<NoIdentity>> of_pods_;  ///< by what is selected: many policies may select the same
};

}  // namespace hop
