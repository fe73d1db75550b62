// Workloads enrolled with a waypoint that are not in ambient mode.
#include "graph/ambient.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view use = "istio.io/use-waypoint";

/// The label that enrols the workload: its own, else its namespace's.
yaml::Node enrolment(const Graph& graph, const Workload& workload) {
  if (const yaml::Node own = workload.labels().node[use]) return own;
  const Lookup ns = workload->ns.empty() ? Lookup{} : graph.find(*workload, Kind::namespace_, "", workload->ns);
  return ns.found() ? ns.target->label(use) : yaml::Node{};
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Workload workload(resource);
  const auto waypoint = text_of(enrolment(graph, workload));
  if (!waypoint.is_known() || (*waypoint).empty() || *waypoint == "none" || workload.is_gateway() || is_gateway_pod(workload)) return;
  const Injection injection = graph.injection(workload);
  if (injection.plane != Dataplane::none && injection.plane != Dataplane::sidecar) return;
  const bool own = workload.labels().node.has(use);
  Finding finding = report.at(workload, own ? waypoint.node() : workload->name_node(),
                              format("`{}` is enrolled with a waypoint, and not in ambient mode", workload->name));
  finding.alias("KIA1312");
  if (!own) finding.note(waypoint.node(), "the namespace asks for the waypoint");
  // Who takes the pods out by their own label has seen that the namespace has a waypoint.
  if (!own && opts_out_of_ambient(workload)) finding.severity(Severity::info);
  if (injection.plane == Dataplane::sidecar) finding.note(injection.decided_by, "it has a sidecar");
}

}  // namespace

extern constinit const Rule workload_waypoint_without_ambient = {
    .info = {.id = "workload-waypoint-without-ambient",
             .summary = "a workload is enrolled with a waypoint and is not in ambient mode",
             .docs = "`istio.io/use-waypoint` says which waypoint ztunnel sends requests through. Only pods in ambient mode "
                     "(label `istio.io/dataplane-mode: ambient` on the namespace or the pods) have a ztunnel.",
             .effect = "requests reach the pods without the waypoint: its routes and HTTP policies are not applied",
             .source = "https://istio.io/latest/docs/ambient/usage/waypoint/",
             .severity = Severity::warning,
             .aliases = {"KIA1312"},
             .applies = {Component::istio, {1, 18}}},
    .reads = {Kind::namespace_, Facet::workloads, Facet::injection},
    .each = workload_kinds,
    .check_each = check_each,
};

}  // namespace hop::rules
