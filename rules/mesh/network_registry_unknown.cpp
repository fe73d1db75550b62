// A network of the mesh whose endpoints come from a registry that nobody registered.
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Names of the clusters whose access Istio was given: keys of its remote secrets.
std::set<std::string_view> clusters(const Graph& graph) {
  std::set<std::string_view> names;
  for (const Secret& secret : graph.all<Secret>()) {
    if (secret->label("istio/multiCluster").str() != "true") continue;
    for (const char* map : {"data", "stringData"}) {
      for (const auto& [key, value] : (*secret)[map].entries()) names.insert(key.str());
    }
  }
  return names;
}

bool is_builtin(std::string_view registry) { return registry == "Kubernetes" || registry == "Mock" || registry == "External"; }

void check_networks(const Resource& map, yaml::Node networks, const std::set<std::string_view>& known, bool complete, Report& report) {
  for (const auto& [name, network] : networks.entries()) {
    for (yaml::Node endpoint : network["endpoints"].items()) {
      const auto registry = text_of(endpoint["fromRegistry"]);
      if (!registry.is_known() || is_builtin(*registry) || known.contains(*registry)) continue;
      Finding finding =
          report.at(map, registry.node(), format("no cluster is registered as `{}`, which network `{}` names", *registry, name.str()));
      finding.alias("IST0126");
      if (!complete) finding.severity(Severity::warning);
    }
  }
}

void check(const Graph& graph, Report& report) {
  const std::set<std::string_view> known = clusters(graph);
  for (const ConfigMap& map : graph.linted<ConfigMap>()) {
    const yaml::Node text = map.data()["meshNetworks"];
    const bool complete = graph.complete(map->ns);
    if (!text.is_scalar() || (!complete && known.empty())) continue;
    const auto document = text.inner();
    check_networks(*map, document->root()["networks"], known, complete, report);
  }
}

}  // namespace

extern constinit const Rule mesh_network_registry_unknown = {
    .info = {.id = "mesh-network-registry-unknown",
             .summary = "mesh networks name a cluster that is not registered",
             .docs =
                 "`fromRegistry` is `Kubernetes`, or the name under which a secret with the label `istio/multiCluster` gives access to a "
                 "cluster. Capitals count.\n\nSuch secrets are seldom kept with manifests: without `complete` this needs one of them.",
             .effect = "the network has no endpoints; requests to its gateways are sent to none",
             .source = "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#Network-NetworkEndpoints",
             .severity = Severity::error,
             .aliases = {"IST0126"}},
    .reads = {Kind::config_map, Kind::secret},
    .check = check,
};

}  // namespace hop::rules
