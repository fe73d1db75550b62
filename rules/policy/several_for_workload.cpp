// Several policies of one kind that select the same workload, of which Istio takes one.
#include <algorithm>
#include <map>

#include "graph/machines.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Code {
  Kind kind;
  std::string_view istio, kiali;  ///< "" if the peer does not look
};
constexpr Code codes[] = {
    {Kind::peer_authentication, "", "KIA0003"}, {Kind::sidecar, "IST0110", "KIA0003"}, {Kind::telemetry, "IST0159", ""}};

/// Policies by the workload or machine they select, in order.
std::map<std::uint32_t, std::vector<const Resource*>> by_workload(const Graph& graph, Kind kind) {
  std::map<std::uint32_t, std::vector<const Resource*>> selected;
  for (const Resource* policy : graph.of(kind)) {
    const yaml::Node selector = policy_selector(*policy);
    if (!policy->linted() || !policy->name_known || selector.size() == 0) continue;
    for (const Workload& workload : graph.select(*policy, selector, false).workloads) {
      // No sidecar, no Sidecar: that is what `sidecar-in-ambient` says.
      if (kind == Kind::sidecar && graph.injection(workload).plane == Dataplane::ambient) continue;
      selected[workload->id].push_back(policy);
    }
    for (const Resource* machine : machines_of(graph, *policy, selector, false)) selected[machine->id].push_back(policy);
  }
  return selected;
}

const Resource* rival_of(const Graph& graph, const Resource& policy, const std::vector<const Resource*>& others) {
  const auto rival =
      std::find_if(others.begin(), others.end(), [&](const Resource* one) { return one->name != policy.name && graph.sees(policy, *one); });
  return rival == others.end() ? nullptr : *rival;
}

void check(const Graph& graph, Report& report) {
  for (const Code& code : codes) {
    std::map<std::uint32_t, const Resource*> rivals;  // one finding per policy, however many workloads they share
    std::map<std::uint32_t, const Resource*> policies;
    for (const auto& [workload, group] : by_workload(graph, code.kind)) {
      for (const Resource* policy : group) {
        if (policies.contains(policy->id)) continue;
        const Resource* rival = rival_of(graph, *policy, group);
        if (rival != nullptr) policies[policy->id] = policy, rivals[policy->id] = rival;
      }
    }
    for (const auto& [id, policy] : policies) {
      const Resource& rival = *rivals[id];
      Finding finding =
          report.at_key(*policy, policy_selector(*policy), format("the {} `{}` selects the same workload", policy->kind_name, rival.name));
      finding.note(policy_selector(rival), "the other selector");
      for (std::string_view alias : {code.istio, code.kiali}) {
        if (!alias.empty()) finding.alias(alias);
      }
    }
  }
}

}  // namespace

extern constinit const Rule policy_several_for_workload = {
    .info =
        {.id = "policy-several-for-workload",
         .summary = "several policies of one kind select the same workload",
         .docs =
             "Of PeerAuthentications, Sidecars and Telemetries with a selector, one holds for a workload. Selectors are compared with pod "
             "templates, WorkloadEntries and WorkloadGroups of the namespace.\n\nMerge the policies, or make their selectors disjoint.",
         .effect = "one of them wins, usually the oldest; the other is ignored for that workload",
         .source = "https://istio.io/latest/docs/reference/config/networking/sidecar/",
         .severity = Severity::warning,
         .aliases = {"IST0110", "IST0159", "KIA0003"}},
    .reads = {Kind::peer_authentication, Kind::sidecar, Kind::telemetry, Kind::namespace_, Kind::workload_entry, Kind::workload_group,
              Facet::workloads, Facet::injection},
    .check = check,
};

}  // namespace hop::rules
