#pragma once
// What Sidecars let workloads see: which one holds for a namespace, whether it imports a host, and whether the proxies of some namespace
// see two things at once. Knows nothing of listeners' ports. Source: istio.io Sidecar reference.

#include <map>
#include <set>
#include <string_view>

#include "graph/graph.h"
#include "graph/visibility.h"

namespace hop {

/// Something that proxies are told of: a VirtualService, DestinationRule or ServiceEntry for a host.
struct Offer {
  const Resource* resource;
  std::string_view host;  ///< a full one
  const Visibility* seen;
};

/// Built once per check; linear in Sidecars and namespaces.
class SidecarScopes {
 public:
  explicit SidecarScopes(const Graph& graph);
  /// The Sidecar without a selector that holds where `resource` lives: the namespace's own, else the root namespace's; nullptr where there
  /// is none, and everything is seen.
  const Resource* of_namespace(const Resource& resource) const;
  /// Whether the proxies of some namespace see both: both are exported to it, and its Sidecar, if it has one, imports both. Sidecars with a
  /// selector are left out: other workloads of the namespace see more.
  bool meet(const Offer& a, const Offer& b) const;

 private:
  const Resource* holding(const Resource& from, std::string_view ns) const;
  bool sees_both(std::string_view ns, const Offer& a, const Offer& b) const;

  Graph graph_;
  std::multimap<std::string_view, const Resource*> defaults_;  ///< by namespace
  std::set<std::string_view> namespaces_;                      ///< where proxies may be; filled only if there are Sidecars
};

/// Whether the egress hosts of a Sidecar that holds for namespace `ns` bring in `host`, a full one, of a resource. Yes where it has no
/// egress; unknown for placeholders.
Truth imports(const Graph& graph, const Resource& sidecar, std::string_view ns, const Resource& owner, std::string_view host);

}  // namespace hop
