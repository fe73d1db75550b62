#pragma once
// Who sees a VirtualService, DestinationRule, ServiceEntry or Service: its exportTo, else what the mesh says for the kind, else everyone.
// Knows nothing of hosts. Source: istio.io VirtualService reference (`exportTo`), MeshConfig (`default…ExportTo`).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace hop {

struct Visibility {
  bool everywhere = false;
  bool unknown = false;                      ///< an entry is a placeholder
  std::vector<std::string_view> namespaces;  ///< sorted; none at all: seen by nobody (`~`)
  Truth in(std::string_view ns) const;
  friend bool operator==(const Visibility&, const Visibility&) = default;
};

Visibility visibility(const Graph& graph, const Resource& resource);
/// Whether some namespace sees both.
Truth meet(const Visibility& a, const Visibility& b);

/// A namespace that sees `edge.from` and not what the reference found, if none that sees the one sees the other. Where all namespaces or
/// none see `edge.from`, its own counts.
std::optional<std::string_view> hidden_from(const Graph& graph, const Edge& edge);
/// The same of a VirtualService's destination, in the mesh: gateways live in namespaces of their own.
bool is_hidden(const Graph& graph, const VirtualService& vs, const Edge& destination);
/// Namespaces of the pods that a Gateway selects, as far as they are known; each once.
std::vector<std::string_view> pod_namespaces(const Graph& graph, const Gateway& gateway);
/// A namespace of pods behind the VirtualService's Gateways that does not see the resource, or any of its copies, if none of them does.
std::optional<std::string_view> hidden_from_gateways(const Graph& graph, const VirtualService& vs, const Lookup& resource);
/// The same of what is seen so.
std::optional<std::string_view> hidden_from_gateways(const Graph& graph, const VirtualService& vs, const Visibility& seen);
/// Where a resource says whom it is exported to; absent where the mesh decides.
yaml::Node export_node(const Resource& resource);

/// Whether the two may be held against each other: in one cluster, and not two copies of one object.
bool comparable(const Graph& graph, const Resource& a, const Resource& b);

/// The near miss of a missing host as the reference has to write it: short where it was short and stays in the namespace. There must be
/// one.
std::string near_host(const Graph& graph, const Edge& edge);

}  // namespace hop
