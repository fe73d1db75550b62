#include "graph/networks.h"

#include "model/chart.h"

namespace hop {
namespace {

/// `global` of an installation's values.
yaml::Node global(const Resource& install) { return install.spec()["values"]["global"]; }

void add(std::set<std::string, std::less<>>& names, yaml::Node name) {
  if (const auto text = text_of(name); text.is_known() && !(*text).empty()) names.emplace(*text);
}

/// `CLUSTER_ID` of a running istiod.
void add_istiod(std::set<std::string, std::less<>>& names, const Workload& workload) {
  for (yaml::Node container : workload.containers()) {
    for (yaml::Node variable : container["env"].items()) {
      if (variable["name"].str() == "CLUSTER_ID") add(names, variable["value"]);
    }
  }
}

}  // namespace

std::vector<MeshNetworks> mesh_networks(const Graph& graph) {
  std::vector<MeshNetworks> all;
  for (const ConfigMap& map : graph.linted<ConfigMap>()) {
    const yaml::Node text = map.data()["meshNetworks"];
    if (!text.is_scalar()) continue;
    auto document = text.inner();
    const yaml::Node networks = document->root()["networks"];
    all.push_back({map.resource, networks, std::move(document)});
  }
  for (Kind kind : {Kind::istio_operator, Kind::istio}) {
    for (const Resource* install : graph.of(kind)) {
      const yaml::Node networks = global(*install)["meshNetworks"];
      if (install->linted() && networks.is_mapping()) all.push_back({install, networks, nullptr});
    }
  }
  return all;
}

RegisteredClusters registered_clusters(const Graph& graph) {
  RegisteredClusters clusters;
  for (const Secret& secret : graph.all<Secret>()) {
    clusters.open = clusters.open || (secret->opaque && secret->name.starts_with("istio-remote-secret"));
    if (secret->label("istio/multiCluster").str() != "true") continue;
    for (const char* map : {"data", "stringData"}) {
      for (const auto& [key, value] : (*secret)[map].entries()) clusters.names.emplace(key.str());
    }
  }
  for (Kind kind : {Kind::istio_operator, Kind::istio, Kind::application, Kind::helm_release}) {
    for (const Resource* install : graph.of(kind)) {
      clusters.open = clusters.open || install->opaque;
      if (!chart_kinds.has(kind)) add(clusters.names, global(*install)["multiCluster"]["clusterName"]);
      if (!chart_kinds.has(kind) || install->opaque) continue;
      for (const ChartUse& use : charts_of(*install)) add(clusters.names, use.value({"global", "multiCluster", "clusterName"}));
    }
  }
  for (const Workload& workload : graph.workloads()) {
    clusters.open = clusters.open || (workload->opaque && workload->name.starts_with("istiod"));
    if (workload->label("app").str() == "istiod") add_istiod(clusters.names, workload);
  }
  return clusters;
}

}  // namespace hop
