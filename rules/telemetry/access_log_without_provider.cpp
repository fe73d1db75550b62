// Access logging switched on with no provider to log to.
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether the mesh has a provider for access logs, or its configuration is not known.
bool mesh_may_log(const Graph& graph) {
  for (const MeshConfig& mesh : graph.mesh_configs()) {
    if (mesh.resource->opaque || mesh.node["defaultProviders"]["accessLogging"].size() > 0) return true;
  }
  return graph.mesh_configs().empty() && !graph.world().complete;
}

void check(const Graph& graph, Report& report) {
  if (mesh_may_log(graph)) return;
  for (const Telemetry& telemetry : graph.linted<Telemetry>()) {
    for (yaml::Node logging : telemetry.spec()["accessLogging"].items()) {
      const auto disabled = boolean_of(logging["disabled"]);
      if (disabled.is_unknown() || disabled.value_or(false) || logging["providers"].size() > 0) continue;
      report.at_key(*telemetry, telemetry.spec()["accessLogging"], "access logging has no provider, and the mesh has no default one")
          .alias("IST0157");
    }
  }
}

}  // namespace

extern constinit const Rule telemetry_access_log_without_provider = {
    .info = {.id = "telemetry-access-log-without-provider",
             .summary = "access logging names no provider and the mesh has none",
             .docs = "An entry of `accessLogging` without `providers` takes those of `meshConfig.defaultProviders.accessLogging`. Looks "
                     "where the mesh "
                     "configuration is among the manifests, or with `complete`.\n\nName a provider, for example `envoy`.",
             .effect = "no access log is written",
             .source = "https://istio.io/latest/docs/reference/config/telemetry/#AccessLogging",
             .severity = Severity::warning,
             .aliases = {"IST0157"}},
    .reads = {Kind::telemetry, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
