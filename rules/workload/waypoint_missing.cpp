// A workload enrolled with a waypoint that does not exist.
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view use = "istio.io/use-waypoint";
constexpr std::string_view use_namespace = "istio.io/use-waypoint-namespace";

struct Enrolment {
  yaml::Node waypoint;  ///< the label's value
  yaml::Node ns;        ///< of the label beside it; absent for the workload's own
  bool own = false;
};

Enrolment enrolment(const Graph& graph, const Workload& workload) {
  const yaml::Node labels = workload.labels().node;
  if (labels.has(use)) return {labels[use], labels[use_namespace], true};
  if (workload->ns.empty()) return {};
  const Lookup ns = graph.find(*workload, Kind::namespace_, "", workload->ns);
  return ns.found() ? Enrolment{ns.target->label(use), ns.target->label(use_namespace), false} : Enrolment{};
}

/// Waypoints and gateways are never sent through one.
bool is_proxy(const Workload& workload) {
  return workload.labels().node.has("gateway.networking.k8s.io/gateway-name") ||
         workload.containers().begin() == workload.containers().end() || workload.is_gateway();
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Workload workload(resource);
  const Enrolment enrolled = enrolment(graph, workload);
  if (!enrolled.waypoint || is_proxy(workload)) return;
  const auto name = text_of(enrolled.waypoint);
  const auto ns = text_of(enrolled.ns);
  if (!name.is_known() || (*name).empty() || *name == "none" || ns.is_unknown()) return;
  const Lookup waypoint = graph.find(*workload, Kind::k8s_gateway, ns.value_or(workload->ns), *name);
  if (!waypoint.missing()) return;
  const yaml::Node place = enrolled.own ? enrolled.waypoint : workload->name_node();
  Finding finding = report.at(workload, place, format("the waypoint `{}` of `{}` does not exist", *name, workload->name));
  finding.alias("KIA1313").missing(waypoint).target(format("Gateway {}/{}", ns.value_or(workload->ns), *name));
  if (!enrolled.own) finding.note(enrolled.waypoint, "the namespace asks for it");
  if (enrolled.own && waypoint.near != nullptr) {
    finding.fix(format("change it to `{}`", waypoint.near->name), enrolled.waypoint, waypoint.near->name, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule workload_waypoint_missing = {
    .info = {.id = "workload-waypoint-missing",
             .summary = "a workload is enrolled with a waypoint that does not exist",
             .docs = "A waypoint is a Gateway of the Gateway API that `istio.io/use-waypoint` names, on the pod or its namespace; "
                     "`istio.io/use-waypoint-namespace` says where it lives. `none` opts out.\n\nDeclare one that lives elsewhere with "
                     "`known: [\"Gateway.gateway.networking.k8s.io ns/name\"]`.",
             .effect = "requests reach the pods without the waypoint: its routes and HTTP policies are not applied",
             .source = "https://istio.io/latest/docs/ambient/usage/waypoint/",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"KIA1313"},
             .fixes = FixPolicy::sometimes,
             .applies = {Component::istio, {1, 22}}},
    .reads = {Kind::namespace_, Kind::k8s_gateway, Facet::workloads},
    .each = workload_kinds,
    .check_each = check_each,
};

}  // namespace hop::rules
