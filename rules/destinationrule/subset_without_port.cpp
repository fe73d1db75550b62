// A subset none of whose pods has the port that the Service leads to by name.
#include <algorithm>

#include "graph/target_port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The pods of the Service that carry the labels; nothing where that is not known for sure.
std::vector<Workload> pods_of_subset(const Graph::Selection& pods, yaml::Node labels) {
  std::vector<Workload> chosen;
  if (labels.size() == 0) return chosen;
  for (const Workload& pod : pods.workloads) {
    const Truth match = matches(labels, pod.labels());
    if (match == Truth::unknown) return {};
    if (match == Truth::yes) chosen.push_back(pod);
  }
  return chosen;
}

/// Ports of the Service that some of its pods have and others have not. That none has it is another mistake.
std::vector<ServicePort> ports_of_some(const Service& service, const Graph::Selection& pods) {
  std::vector<ServicePort> ports;
  for (yaml::Node node : service.ports()) {
    const ServicePort port{node};
    const yaml::Node target = port.target_port();
    if (!target || !text_of(target).is_known() || integer_of(target).is_known()) continue;
    const auto lacks = [&](const Workload& pod) { return declares(pod, port) == Truth::no; };
    const auto lacking = std::ranges::count_if(pods.workloads, lacks);
    if (lacking > 0 && lacking < std::ssize(pods.workloads)) ports.push_back(port);
  }
  return ports;
}

void check_subset(const DestinationRule& rule, yaml::Node subset, const Service& service, const std::vector<Workload>& chosen,
                  const std::vector<ServicePort>& ports, Report& report) {
  for (const ServicePort& port : ports) {
    const yaml::Node target = port.target_port();
    if (!std::ranges::all_of(chosen, [&](const Workload& pod) { return declares(pod, port) == Truth::no; })) continue;
    report
        .at(rule, subset["name"],
            format("no pod of subset `{}` has the port `{}` of Service `{}`", subset["name"].str(), target.str(), service->name))
        .note(target, "the Service leads there by name")
        .note(chosen.front()->name_node(), "these pods have no port of that name");
  }
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  for (const Edge* edge : graph.from(resource)) {
    if (edge->relation != Relation::destinationrule_host || !edge->to.found() || edge->to.copies.size() > 1) continue;
    if (edge->to.target->kind != Kind::service || edge->to.target->opaque) continue;
    const Service service(*edge->to.target);
    const Graph::Selection& pods = graph.pods_of(service);
    if (!service.has_selector() || pods.unknown || pods.workloads.size() < 2) continue;
    const std::vector<ServicePort> ports = ports_of_some(service, pods);
    if (ports.empty()) continue;
    for (yaml::Node subset : DestinationRule(resource).subsets()) {
      const auto chosen = pods_of_subset(pods, subset["labels"]);
      if (!chosen.empty()) check_subset(DestinationRule(resource), subset, service, chosen, ports, report);
    }
  }
}

}  // namespace

extern constinit const Rule destinationrule_subset_without_port = {
    .info = {.id = "destinationrule-subset-without-port",
             .summary = "no pod of a subset has the port that the Service leads to by name",
             .docs = "A named `targetPort` is looked up in each pod for itself. Where pods of one version have the port and those of "
                     "another do not, the Service works and the subset of the other version has no endpoints.",
             .effect = "requests that are routed to the subset fail with 503",
             .source = "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
             .severity = Severity::error},
    .reads = {Kind::destination_rule, Facet::references, Facet::workloads},
    .each = Kind::destination_rule,
    .check_each = check_each,
};

}  // namespace hop::rules
