// A workload that labels put into the mesh both with a sidecar and by ambient mode.
#include "rule/rule.h"

namespace hop::rules {
namespace {

yaml::Node own_sidecar(const Workload& workload) {
  const yaml::Node label = workload.labels().node["sidecar.istio.io/inject"];
  if (label) return label.str() == "true" ? label : yaml::Node{};
  const yaml::Node annotation = workload.pod_annotation("sidecar.istio.io/inject");
  return annotation.str() == "true" ? annotation : yaml::Node{};
}

yaml::Node sidecar_of_namespace(const Workload& workload, const Resource& ns) {
  const yaml::Node own = workload.labels().node["sidecar.istio.io/inject"];
  if (own || workload.pod_annotation("sidecar.istio.io/inject")) return {};
  if (const yaml::Node injection = ns.label("istio-injection")) return injection.str() == "enabled" ? injection : yaml::Node{};
  const yaml::Node revision = ns.label("istio.io/rev");
  return revision.str().empty() ? yaml::Node{} : revision;
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Workload workload(resource);
  const auto own_mode = text_of(workload.labels().node["istio.io/dataplane-mode"]);
  yaml::Node ambient = own_mode.equals("ambient") == Truth::yes ? own_mode.node() : yaml::Node{};
  yaml::Node sidecar = own_sidecar(workload);
  // Where both labels are the namespace's, they are its own mistake.
  if ((!ambient && !sidecar) || workload.proxy()) return;
  const Lookup ns = workload->ns.empty() ? Lookup{} : graph.find(*workload, Kind::namespace_, "", workload->ns);
  if (!ambient && own_mode.is_absent() && ns.found() && ns.target->label("istio.io/dataplane-mode").str() == "ambient") {
    ambient = ns.target->label("istio.io/dataplane-mode");
  }
  if (!sidecar && ns.found()) sidecar = sidecar_of_namespace(workload, *ns.target);
  if (!ambient || !sidecar) return;
  const bool at_mode = own_mode.is_known();
  report
      .at_key(*workload, at_mode ? ambient : sidecar,
              format("pods of `{}` are to have a sidecar and to be in ambient mode", workload->name))
      .alias("KIA1311")
      .note(at_mode ? sidecar : ambient, at_mode ? "this asks for a sidecar" : "this asks for ambient mode");
}

}  // namespace

extern constinit const Rule workload_ambient_and_sidecar = {
    .info =
        {.id = "workload-ambient-and-sidecar",
         .summary = "labels ask for a sidecar and for ambient mode at once",
         .docs =
             "Labels of the pod are compared with each other and with those of its namespace. Where both stand on the namespace, that is "
             "reported once, for the namespace. Gateways are left alone: their proxy is no sidecar.",
         .effect = "the pod gets a sidecar and ztunnel leaves it alone; waypoints and policies meant for ambient mode do not apply",
         .source = "https://istio.io/latest/docs/ambient/usage/add-workloads/",
         .severity = Severity::warning,
         .aliases = {"KIA1311"},
         .applies = {Component::istio, {1, 18}}},
    .reads = {Kind::namespace_, Facet::workloads},
    .each = workload_kinds,
    .check_each = check_each,
};

}  // namespace hop::rules
