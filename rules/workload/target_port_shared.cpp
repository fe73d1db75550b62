// One port of a workload's pods behind several Service port numbers.
#include <algorithm>
#include <map>

#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Use {
  Service service;
  ServicePort port;
};

void check_workload(const Graph& graph, const Workload& workload, Report& report) {
  std::map<std::string_view, std::vector<Use>> by_target;
  const auto found = graph.services_of(workload);
  std::vector<Service> services(found.begin(), found.end());
  std::stable_sort(services.begin(), services.end(), [](const Service& a, const Service& b) { return a->name < b->name; });
  for (const Service& service : services) {
    for (yaml::Node node : service.ports()) {
      const ServicePort port{node};
      const auto target = text_of(port.target_port());
      if (!port.number().is_known() || target.is_unknown()) continue;
      const bool own = target.is_absent() || *target == "0";
      by_target[own ? node["port"].str() : *target].push_back({service, port});
    }
  }
  for (const auto& [target, uses] : by_target) {
    for (const Use& use : uses) {
      if (*use.port.number() == *uses.front().port.number()) continue;
      report.at(workload, workload->name_node(), format("port `{}` of `{}` is behind different Service ports", target, workload->name))
          .alias("IST0137")
          .note(uses.front().port.node["port"], format("{} by Service `{}`", *uses.front().port.number(), uses.front().service->name))
          .note(use.port.node["port"], format("{} by Service `{}`", *use.port.number(), use.service->name));
      break;
    }
  }
}

bool has_several_ports(std::span<const Service> services) {
  return services.size() > 1 || (services.size() == 1 && services.front().spec()["ports"].size() > 1);
}

void check(const Graph& graph, Report& report) {
  for (const Workload& workload : graph.workloads()) {
    if (!has_several_ports(graph.services_of(workload))) continue;
    if (!workload->linted() || workload->label("gateway.istio.io/managed")) continue;
    if (graph.injection(workload).plane == Dataplane::sidecar) check_workload(graph, workload, report);
  }
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
    .check = check,
};

}  // namespace hop::rules
