// Pods that carry a sidecar in a namespace in ambient mode.
#include "graph/ambient.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Workload workload(resource);
  const yaml::Node proxy = workload.proxy();
  const yaml::Node taken = workload.pod_annotation("ambient.istio.io/redirection");
  if ((!proxy && taken.str() != "enabled") || workload.is_gateway() || is_gateway_pod(workload)) return;
  const Lookup ns = workload->ns.empty() ? Lookup{} : graph.find(*workload, Kind::namespace_, "", workload->ns);
  const bool ambient = ns.found() && in_ambient_namespace(graph, *workload) == Truth::yes;
  const bool own = workload.labels()["istio.io/dataplane-mode"].equals("ambient") == Truth::yes;
  if (proxy && (ambient || own)) {
    Finding finding =
        report.at(workload, proxy["name"], format("pods of `{}` carry a sidecar, and are to be in ambient mode", workload->name));
    if (own || !opts_out_of_ambient(workload)) finding.alias("KIA1315");
    if (ambient) finding.alias("KIA1316").note(ns.target->label("istio.io/dataplane-mode"), "this asks for ambient mode");
    if (!own && opts_out_of_ambient(workload))
      finding.severity(Severity::info).effect("the pod keeps its sidecar; it opts out of ambient mode");
  } else if (ns.found() && (ns.target->label("istio-injection").str() == "enabled" || !ns.target->label("istio.io/rev").str().empty()) &&
             taken.str() == "enabled") {
    report.at(workload, taken, format("pods of `{}` are captured by ambient mode, and are to have a sidecar", workload->name))
        .alias("KIA1314");
  }
}

}  // namespace

extern constinit const Rule workload_sidecar_in_ambient = {
    .info = {.id = "workload-sidecar-in-ambient",
             .summary = "pods carry a sidecar where labels ask for ambient mode, or the other way round",
             .docs = "A pod has a sidecar or is captured by ztunnel, not both. Written into the pod template (a container "
                     "`istio-proxy`, the annotation `ambient.istio.io/redirection`), one of the two contradicts the labels of "
                     "the pod or its namespace.",
             .effect = "the pod stays outside of ambient mode, or the sidecar that labels ask for is missing: policies for the "
                       "one are not applied by the other",
             .source = "https://istio.io/latest/docs/ambient/usage/add-workloads/",
             .severity = Severity::warning,
             .aliases = {"KIA1314", "KIA1315", "KIA1316"},
             .applies = {Component::istio, {1, 18}}},
    .reads = {Kind::namespace_, Facet::workloads},
    .each = workload_kinds,
    .check_each = check_each,
};

}  // namespace hop::rules
