// A Service port that leads to a port number which no container of its pods declares.
#include "graph/target_port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether one of the pods' containers declares any port: who declares none says nothing by it.
bool declares_any(const std::vector<Workload>& workloads) {
  for (const Workload& workload : workloads) {
    for (yaml::Node container : running_containers(workload)) {
      if (container["ports"].size() > 0) return true;
    }
  }
  return false;
}

void check(const Graph& graph, Report& report) {
  for (const UndeclaredPort& port : graph.undeclared_ports()) {
    // The control plane's own pods do not declare all of theirs.
    if (port.named || port.service->ns == graph.root_namespace() || !declares_any(port.pods)) continue;
    report.at(port.service, port.target, format("no container of the pods declares port {}", port.target.str())).alias("KIA0701");
  }
}

}  // namespace

extern constinit const Rule service_target_port_undeclared = {
    .info =
        {.id = "service-target-port-undeclared",
         .summary = "a Service port leads to a port number that its pods do not declare",
         .docs =
             "Declared container ports are information: a container may listen without one. For those who declare all of them: where pods "
             "declare ports and not this one, the number is often a slip. Silent in the root namespace of the mesh.",
         .effect = "works if the application listens on that port all the same; else connections are refused",
         .source = "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
         .severity = Severity::info,
         .group = Group::policy,
         .aliases = {"KIA0701"}},
    .reads = {Kind::service, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
