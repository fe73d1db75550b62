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

std::set<std::string, std::less<>> registered_clusters(const Graph& graph) {
  std::set<std::string, std::less<>> names;
  for (const Secret& secret : graph.all<Secret>()) {
    if (secret->label("istio/multiCluster").str() != "true") continue;
    for (const char* map : {"data", "stringData"}) {
      for (const auto& [key, value] : (*secret)[map].entries()) names.emplace(key.str());
    }
  }
  for (Kind kind : {Kind::istio_operator, Kind::istio}) {
    for (const Resource* install : graph.of(kind)) add(names, global(*install)["multiCluster"]["clusterName"]);
  }
  for (Kind kind : {Kind::application, Kind::helm_release}) {
    for (const Resource* install : graph.of(kind)) {
      for (const ChartUse& use : charts_of(*install)) add(names, use.value({"global", "multiCluster", "clusterName"}));
    }
  }
  for (const Workload& workload : graph.workloads()) {
    if (workload->label("app").str() == "istiod") add_istiod(names, workload);
  }
  return names;
}

}  // namespace hop
