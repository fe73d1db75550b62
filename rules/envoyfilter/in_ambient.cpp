// EnvoyFilters for workloads that have no Envoy.
#include <algorithm>

#include "graph/ambient.h"
#include "graph/once.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Gateways of the namespace are Envoys still.
bool has_proxy(const Graph::Selection& pods) {
  return std::ranges::any_of(pods.workloads, [](const Workload& workload) { return workload.proxy() || opts_out_of_ambient(workload); });
}

void check(const Graph& graph, Report& report) {
  OncePerThing<bool> proxies;
  for (const EnvoyFilter& filter : graph.linted<EnvoyFilter>()) {
    if (in_ambient_namespace(graph, *filter) != Truth::yes || filter->ns == graph.root_namespace()) continue;
    const Graph::Selection& pods = graph.select(*filter, filter.selector(), false);
    if (pods.unknown || pods.workloads.empty() || proxies.of(pods, has_proxy) || filter.spec()["targetRefs"].size() > 0) continue;
    report.at(filter, filter->name_node(), "the pods of this namespace are in ambient mode and have no Envoy to patch");
  }
}

}  // namespace

extern constinit const Rule envoyfilter_in_ambient = {
    .info = {.id = "envoyfilter-in-ambient",
             .summary = "an EnvoyFilter is for workloads in ambient mode",
             .docs = "In ambient mode pods have no sidecar, and ztunnel is no Envoy. Waypoints are, but EnvoyFilters do not "
                     "reach them by labels. A WasmPlugin or another API with `targetRefs` does.",
             .effect = "the EnvoyFilter does nothing",
             .source = "https://istio.io/latest/docs/ambient/usage/extend-waypoint-wasm/",
             .severity = Severity::warning,
             .applies = {Component::istio, {1, 18}}},
    .reads = {Kind::envoy_filter, Kind::namespace_, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
