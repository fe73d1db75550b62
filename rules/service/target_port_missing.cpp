// A Service port that leads by name to a port which no container of its pods has.
#include "graph/target_port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void add_near(Finding& finding, const std::vector<Workload>& workloads, yaml::Node target) {
  std::vector<std::string_view> names;
  yaml::Node place;
  for (const Workload& workload : workloads) {
    for (yaml::Node container : running_containers(workload)) {
      if (container["ports"].size() > 0 && !place) place = container["ports"];
      for (yaml::Node port : container["ports"].items()) {
        if (!port["name"].str().empty()) names.push_back(port["name"].str());
      }
    }
  }
  if (place) finding.note(place.key_span(), names.empty() ? "its ports have no names" : format("the pods have {}", list_words(names)));
  if (const auto meant = nearest(target.str(), names)) finding.fix(format("change it to `{}`", *meant), target, *meant, Safety::unsafe);
}

void check(const Graph& graph, Report& report) {
  for (const UndeclaredPort& port : graph.undeclared_ports()) {
    if (!port.named) continue;
    Finding finding = report.at(port.service, port.target, format("no container of the pods has a port named `{}`", port.target.str()));
    finding.alias("KIA0701");
    add_near(finding, port.pods, port.target);
  }
}

}  // namespace

extern constinit const Rule service_target_port_missing = {
    .info =
        {.id = "service-target-port-missing",
         .summary = "a Service port leads by name to a port that its pods do not have",
         .docs =
             "A named `targetPort` is looked up among the container ports of each pod: without one of that name and protocol the pod is "
             "no endpoint of the Service port.\n\nIt is enough that one of the selected workloads has the port. Pods with a proxy of "
             "Istio's are left alone: injection adds ports to them.",
         .effect = "the Service port has no endpoints; every request to it fails",
         .source = "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
         .severity = Severity::error,
         .aliases = {"KIA0701"},
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::service, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
