// One port of a workload's pods behind several Service port numbers.
#include <map>

#include "graph/served_ports.h"
#include "graph/target_port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_workload(const Workload& workload, const std::vector<ServedPort>& ports, Report& report) {
  std::map<std::string_view, std::vector<ServedPort>> by_target;
  for (const ServedPort& served : ports) {
    const yaml::Node target = pod_port(served.port);
    if (served.port.number().is_known() && target) by_target[target.str()].push_back(served);
  }
  for (const auto& [target, uses] : by_target) {
    for (const ServedPort& use : uses) {
      if (*use.port.number() == *uses.front().port.number()) continue;
      report.at(workload, workload->name_node(), format("port `{}` of `{}` is behind different Service ports", target, workload->name))
          .alias("IST0137")
          .note(uses.front().port.node["port"], format("{} by Service `{}`", *uses.front().port.number(), uses.front().service->name))
          .note(use.port.node["port"], format("{} by Service `{}`", *use.port.number(), use.service->name));
      break;
    }
  }
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Workload workload(resource);
  const std::vector<ServedPort> ports = served_ports(graph, workload);
  if (ports.empty() || workload->label("gateway.istio.io/managed")) return;
  if (graph.injection(workload).plane == Dataplane::sidecar) check_workload(workload, ports, report);
}

}  // namespace

extern constinit const Rule workload_target_port_shared = {
    .info = {.id = "workload-target-port-shared",
             .summary = "several Service ports of different numbers lead to one port of a workload's pods",
             .docs = "Legitimate in plain Kubernetes, and mostly in Istio: the sidecar has one inbound listener for the pod's port, whose "
                     "settings come from one of the Service ports. Only workloads known to have a sidecar are looked at.",
             .effect = "protocol, metrics and policy of one Service port apply to requests through the other",
             .source = "https://istio.io/latest/docs/reference/config/analysis/ist0137/",
             .severity = Severity::info,
             .aliases = {"IST0137"}},
    .reads = {Kind::namespace_, Kind::service, Facet::workloads, Facet::injection},
    .each = workload_kinds,
    .check_each = check_each,
};

}  // namespace hop::rules
