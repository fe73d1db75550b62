// A network of the mesh whose endpoints come from a registry that nobody registered.
#include "graph/networks.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_builtin(std::string_view registry) { return registry == "Kubernetes" || registry == "Mock" || registry == "External"; }

void check(const Graph& graph, Report& report) {
  const RegisteredClusters clusters = registered_clusters(graph);
  if (clusters.open) return;
  for (const MeshNetworks& mesh : mesh_networks(graph)) {
    const bool complete = graph.complete(mesh.resource->ns);
    if (!complete && clusters.names.empty()) continue;
    for (const auto& [name, network] : mesh.networks.entries()) {
      for (yaml::Node endpoint : network["endpoints"].items()) {
        const auto registry = text_of(endpoint["fromRegistry"]);
        if (!registry.is_known() || is_builtin(*registry) || clusters.names.contains(*registry)) continue;
        Finding finding = report.at(*mesh.resource, registry.node(),
                                    format("no cluster is registered as `{}`, which network `{}` names", *registry, name.str()));
        finding.alias("IST0126");
        if (!complete) finding.severity(Severity::warning);
      }
    }
  }
}

}  // namespace

extern constinit const Rule mesh_network_registry_unknown = {
    .info =
        {.id = "mesh-network-registry-unknown",
         .summary = "mesh networks name a cluster that is not registered",
         .docs =
             "`fromRegistry` is `Kubernetes`, the name that the installation gives its own cluster "
             "(`global.multiCluster.clusterName`), or the name under which a secret with the label `istio/multiCluster` gives access to "
             "another. Capitals count. Networks are looked for in `meshNetworks` of the mesh's ConfigMap and in the values of an "
             "IstioOperator or Istio.\n\nSuch secrets are seldom kept with manifests: without `complete` this needs one registered "
             "cluster.",
         .effect = "the network has no endpoints; requests to its gateways are sent to none",
         .source = "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#Network-NetworkEndpoints",
         .severity = Severity::error,
         .aliases = {"IST0126"}},
    .reads = network_kinds,
    .check = check,
};

}  // namespace hop::rules
