#pragma once
// What Sidecars let workloads see: which one holds for a namespace, and whether it imports a host.
// Knows nothing of listeners' ports. Source: istio.io Sidecar reference.

#include <map>
#include <string_view>
#include <utility>

#include "graph/graph.h"

namespace hop {

/// Built once per check; linear in Sidecars.
class SidecarScopes {
 public:
  explicit SidecarScopes(const Graph& graph);
  /// The Sidecar without a selector that holds where `resource` lives: the namespace's own, else the root namespace's; nullptr where there
  /// is none, and everything is seen.
  const Resource* of_namespace(const Resource& resource) const;

 private:
  Graph graph_;
  std::multimap<std::string_view, const Resource*> defaults_;  ///< by namespace
};

/// Whether the Sidecar's egress hosts bring in `host`, a full one, of a resource. Yes where it has no egress; unknown for placeholders.
Truth imports(const Graph& graph, const Resource& sidecar, const Resource& owner, std::string_view host);

}  // namespace hop
