// A Service whose selector matches no pod among the manifests.
#include "graph/machines.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// A workload of the namespace that differs in the value of one label only, by a slip.
struct Slip {
  yaml::Node wanted;
  yaml::Node label;
};

std::optional<Slip> find_slip(const Graph& graph, const Service& service) {
  for (const auto& [key, value] : service.selector().entries()) {
    for (const Workload& workload : graph.workloads_in(*service)) {
      const auto label = workload.labels()[key.str()];
      if (label.is_known() && slip(value.str(), *label)) return Slip{value, label.node()};
    }
  }
  return std::nullopt;
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Service service(resource);
  if (!service.has_selector() || service.type().equals("ExternalName") == Truth::yes) return;
  const Graph::Selection& pods = graph.pods_of(service);
  if (!pods.workloads.empty() || pods.unknown || selects_machine(graph, *service, service.selector(), false) != Truth::no) return;
  const bool complete = graph.complete(service->ns);
  const bool proved = complete || graph.has_workloads(*service, false);
  const auto slip = find_slip(graph, service);
  if (!proved && !slip) return;
  Finding finding = report.at_key(*service, service.selector(), format("no pod matches the selector of Service `{}`", service->name));
  if (!proved || (!complete && !slip)) finding.severity(Severity::warning);
  if (slip)
    finding.note(slip->label, format("`{}` is here", slip->label.str()))
        .fix(format("change it to `{}`", slip->label.str()), slip->wanted, slip->label.str(), Safety::unsafe);
}

}  // namespace

extern constinit const Rule service_selector_matches_nothing = {
    .info = {.id = "service-selector-matches-nothing",
             .summary = "a Service selects no pod",
             .docs =
                 "The selector is compared with the labels of every pod template in the Service's namespace: Deployments, StatefulSets, "
                 "DaemonSets, Jobs, Rollouts and bare Pods; WorkloadEntries and WorkloadGroups count too, as the mesh sends to "
                 "them.\n\nStays silent where the namespace has no workload among the manifests, or "
                 "custom resources from which an operator may make pods.",
             .effect = "the Service has no endpoints; every request to it fails with 503",
             .source = "https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::service, Kind::workload_entry, Kind::workload_group, Facet::workloads},
    .each = Kind::service,
    .check_each = check_each,
};

}  // namespace hop::rules
