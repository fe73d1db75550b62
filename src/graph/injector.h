#pragma once
// What the sidecar injectors among the manifests are configured with: ConfigMaps `istio-sidecar-injector` and
// `istio-sidecar-injector-<revision>`. Source: istio.io/docs/setup/additional-setup/sidecar-injection.

#include <memory>
#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace hop {

/// One injector's configuration; `values` are the Helm values it renders pods with.
struct Injector {
  const Resource* config_map = nullptr;
  std::string_view revision;  ///< "default" for the one without a suffix
  std::shared_ptr<const yaml::Document> values;
};

/// By revision, then in path order; reads the ConfigMaps.
std::vector<Injector> injectors(const Graph& graph);
/// The one of a revision, as seen from `from`; nullptr if it is not among them. "" is the default revision.
const Injector* find_injector(const Graph& graph, const std::vector<Injector>& all, const Resource& from, std::string_view revision);
/// Revision that a Namespace's labels ask for: "" where they ask for none.
std::string_view revision_of(const Resource& ns);

}  // namespace hop
