#pragma once
// Networks of the mesh, and the clusters that are registered with it by name.
// Knows nothing of gateways between networks. Source: istio.io MeshNetworks; istio/istio istio-discovery templates/configmap.yaml.

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "graph/graph.h"

namespace hop {

/// Networks by name as they stand somewhere: in `meshNetworks` of the mesh's ConfigMap, or in the values of an installation.
struct MeshNetworks {
  const Resource* resource;                        ///< who holds them
  yaml::Node networks;                             ///< a mapping
  std::shared_ptr<const yaml::Document> document;  ///< keeps them where they are text within a scalar
};
/// Those of linted resources.
std::vector<MeshNetworks> mesh_networks(const Graph& graph);

/// The clusters whose access Istio was given (keys of its remote secrets), and those that an installation gives a name of their own.
struct RegisteredClusters {
  std::set<std::string, std::less<>> names;
  bool open = false;  ///< something that may give a name tells no more than that it exists
};
RegisteredClusters registered_clusters(const Graph& graph);

/// What the two look at.
inline constexpr KindSet network_kinds{Kind::config_map,  Kind::secret,       Kind::istio_operator, Kind::istio,
                                       Kind::application, Kind::helm_release, Facet::workloads};

}  // namespace hop
