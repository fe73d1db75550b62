// Fields of an installation that stand under meshConfig, where nobody reads them.
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Home {
  std::string_view field;
  std::string_view belongs;
};

// Source: istio.io IstioOperator options and MeshConfig reference.
constexpr Home homes[] = {
    {"gateways", "`spec.values.gateways` or `spec.components.ingressGateways`"},
    {"components", "`spec.components`"},
    {"values", "`spec.values`"},
    {"global", "`spec.values.global`"},
    {"pilot", "`spec.values.pilot` or `spec.components.pilot`"},
    {"sidecarInjectorWebhook", "`spec.values.sidecarInjectorWebhook`"},
    {"meshConfig", "`spec.meshConfig`"},
    {"profile", "`spec.profile`"},
    {"hub", "`spec.hub`"},
    {"tag", "`spec.tag`"},
    {"revision", "`spec.revision`"},
    {"gatewayTopology", "`spec.meshConfig.defaultConfig.gatewayTopology`"},
    {"proxyMetadata", "`spec.meshConfig.defaultConfig.proxyMetadata`"},
    {"holdApplicationUntilProxyStarts", "`spec.meshConfig.defaultConfig.holdApplicationUntilProxyStarts`"},
};

void check(const Graph& graph, Report& report) {
  for (const MeshConfig& config : graph.mesh_configs()) {
    if (!config.resource->linted()) continue;
    for (const Home& home : homes) {
      const yaml::Node field = config.node[home.field];
      if (field)
        report.at_key(*config.resource, field, format("`{}` is no field of `meshConfig`; it belongs to {}", home.field, home.belongs))
            .label("nobody reads it here");
    }
  }
}

}  // namespace

extern constinit const Rule mesh_misplaced_field = {
    .info = {.id = "mesh-misplaced-field",
             .summary = "a field of an Istio installation stands under `meshConfig`, where nobody reads it",
             .docs = "meshConfig is copied into the mesh's ConfigMap as it is; what is no field of MeshConfig has no effect there. A "
                     "gateway's type and "
                     "annotations under `meshConfig.gateways` are the classic: the gateway stays of type LoadBalancer.",
             .effect = "the setting is ignored without a word and the default holds",
             .source = "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig",
             .severity = Severity::warning},
    .reads = {Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
