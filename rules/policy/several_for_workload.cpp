// Several policies of one kind that select the same workload, of which Istio takes one.
#include <deque>
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

/// Policies that select the same: of one cluster, overlay and namespace.
struct Group {
  std::vector<const Resource*> policies;  ///< in resource order
  const Resource* other = nullptr;        ///< the first of them that is called otherwise than the first
  bool settled = false;                   ///< whether each has a rival is known

  void add(const Resource& policy) {
    if (other == nullptr && !policies.empty() && policies.front()->name != policy.name) other = &policy;
    policies.push_back(&policy);
  }
  /// The first one that is not called so; nullptr if all are.
  const Resource* first_besides(std::string_view name) const { return policies.front()->name != name ? policies.front() : other; }
};

/// The groups, and which of them select each workload or machine, by its id.
struct Selected {
  std::deque<Group> groups;  ///< in the order of their first policies
  std::map<std::uint32_t, std::vector<Group*>> of;
};

Selected groups_of(const Graph& graph, Kind kind) {
  Selected selected;
  SelectedMachines machines_of(graph);
  std::map<std::pair<const Graph::Selection*, const std::vector<const Resource*>*>, Group*> by_selection;  // looked up only
  for (const Resource* policy : graph.of(kind)) {
    const yaml::Node selector = policy_selector(*policy);
    if (!policy->linted() || !policy->name_known || selector.size() == 0) continue;
    const Graph::Selection& pods = graph.select(*policy, selector, false);
    const std::vector<const Resource*>& machines = machines_of.of(*policy, selector, false);
    const auto [known, fresh] = by_selection.try_emplace({&pods, &machines});
    if (fresh) {
      Group* group = known->second = &selected.groups.emplace_back();
      for (const Workload& workload : pods.workloads) {
        // No sidecar, no Sidecar: that is what `sidecar-in-ambient` says.
        if (kind == Kind::sidecar && graph.injection(workload).plane == Dataplane::ambient) continue;
        selected.of[workload->id].push_back(group);
      }
      for (const Resource* machine : machines) selected.of[machine->id].push_back(group);
    }
    known->second->add(*policy);
  }
  return selected;
}

/// The first policy that any of the groups has besides one of this name, as seen from `group`.
const Resource* rival_of(const Graph& graph, const Group& group, std::string_view name, const std::vector<Group*>& around) {
  const Resource* first = nullptr;
  for (const Group* other : around) {
    if (!graph.sees(*group.policies.front(), *other->policies.front())) continue;
    const Resource* rival = other->first_besides(name);
    if (rival != nullptr && (first == nullptr || rival->id < first->id)) first = rival;
  }
  return first;
}

/// The rival of each policy that has one: of the first workload where it has.
std::map<const Resource*, const Resource*> rivals_of(const Graph& graph, Selected& selected) {
  std::map<const Resource*, const Resource*> rivals;
  for (const auto& [workload, groups] : selected.of) {
    for (Group* group : groups) {
      if (group->settled) continue;
      std::map<std::string_view, const Resource*> by_name;
      for (const Resource* policy : group->policies) {
        const auto [known, fresh] = by_name.try_emplace(policy->name);
        if (fresh) known->second = rival_of(graph, *group, policy->name, groups);
        if (known->second != nullptr) rivals[policy] = known->second;
      }
      // Where they have several names, each is another's rival; where they have one, none has a rival before all have.
      group->settled = by_name.begin()->second != nullptr;
    }
  }
  return rivals;
}

void check(const Graph& graph, Report& report) {
  for (const Code& code : codes) {
    Selected selected = groups_of(graph, code.kind);
    const auto rivals = rivals_of(graph, selected);
    for (const Resource* policy : graph.of(code.kind)) {
      const auto found = rivals.find(policy);
      if (found == rivals.end()) continue;
      const Resource& rival = *found->second;
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
