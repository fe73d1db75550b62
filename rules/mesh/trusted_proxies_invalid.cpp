// A number of trusted proxies that is no number.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_value(const Resource& resource, yaml::Node config, Report& report) {
  const yaml::Node node = config["gatewayTopology"]["numTrustedProxies"];
  if (!node || node.is_null() || (node.is_scalar() && text_of(node).is_unknown()) || !resource.linted()) return;
  if (const auto number = integer_of(node, true); number.is_known() && *number >= 0) return;
  report.at(resource, node,
            format("`numTrustedProxies` must be a number from 0 up, not `{}`", node.is_scalar() ? node.str() : "a collection"));
}

void check(const Graph& graph, Report& report) {
  for (const MeshConfig& config : graph.mesh_configs()) check_value(*config.resource, config.node["defaultConfig"], report);
  for (const Workload& workload : graph.workloads()) {
    const yaml::Node annotation = workload.pod_annotation("proxy.istio.io/config");
    if (!text_of(annotation).is_known()) continue;
    const auto document = annotation.inner();
    check_value(*workload, document->root(), report);
  }
}

}  // namespace

extern constinit const Rule mesh_trusted_proxies_invalid = {
    .info = {.id = "mesh-trusted-proxies-invalid",
             .summary = "`gatewayTopology.numTrustedProxies` is not a number",
             .docs =
                 "It counts the proxies in front of the gateway whose `X-Forwarded-For` is believed: 1 for an ALB, 2 for CloudFront before "
                 "an ALB. It stands in `meshConfig.defaultConfig`, or in a gateway pod's annotation `proxy.istio.io/config`.",
             .effect = "the configuration cannot be read: Istio keeps the one before, or the pod is not created",
             .source = "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#Topology",
             .severity = Severity::error},
    .reads = {Facet::mesh, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
