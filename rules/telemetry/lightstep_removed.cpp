// Tracing to a Lightstep provider, which Istio no longer supports.
#include <map>

#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::map<std::string_view, yaml::Node> lightstep_providers(const Graph& graph) {
  std::map<std::string_view, yaml::Node> providers;
  for (const MeshConfig& mesh : graph.mesh_configs()) {
    for (yaml::Node provider : mesh.node["extensionProviders"].items()) {
      if (provider["lightstep"]) providers[provider["name"].str()] = provider["lightstep"];
    }
  }
  return providers;
}

void check(const Graph& graph, Report& report) {
  const auto providers = lightstep_providers(graph);
  for (const Telemetry& telemetry : graph.linted<Telemetry>()) {
    for (yaml::Node tracing : telemetry.spec()["tracing"].items()) {
      for (yaml::Node provider : tracing["providers"].items()) {
        const auto found = providers.find(provider["name"].str());
        if (found == providers.end()) continue;
        Finding finding = report.at(telemetry, provider["name"], format("provider `{}` is a Lightstep tracer", found->first));
        finding.alias("IST0002").note(found->second, "defined here");
      }
    }
  }
}

}  // namespace

extern constinit const Rule telemetry_lightstep_removed = {
    .info = {.id = "telemetry-lightstep-removed",
             .summary = "tracing goes to a Lightstep provider",
             .docs = "Envoy's Lightstep tracer is deprecated and gone from later releases. Lightstep takes OpenTelemetry: use an "
                     "`opentelemetry` provider.",
             .effect = "after an upgrade no spans are sent",
             .source =
                 "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider-LightstepTracingProvider",
             .severity = Severity::warning,
             .group = Group::deprecation,
             .aliases = {"IST0002"}},
    .reads = {Kind::telemetry, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
