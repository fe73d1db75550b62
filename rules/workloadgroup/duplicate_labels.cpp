// Two WorkloadGroups of a namespace that label their workloads alike.
#include <algorithm>
#include <map>

#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

using Labelled = std::vector<std::string>;

/// Namespace and sorted labels; nothing where a label is not known.
std::optional<Labelled> key_of(const WorkloadGroup& group) {
  Labelled key;
  for (const auto& [name, value] : group.labels().entries()) {
    if (text_of(value).is_unknown() || yaml::is_placeholder(name.str())) return std::nullopt;
    key.push_back(format("{}={}", name.str(), value.str()));
  }
  if (key.empty() || !group->ns_known) return std::nullopt;
  std::sort(key.begin(), key.end());
  key.insert(key.begin(), format("{} {}", group->cluster, group->ns));
  return key;
}

void check(const Graph& graph, Report& report) {
  std::map<Labelled, std::vector<WorkloadGroup>> groups;
  for (const WorkloadGroup& group : graph.linted<WorkloadGroup>()) {
    if (const auto key = key_of(group)) groups[*key].push_back(group);
  }
  for (const auto& [key, alike] : groups) {
    for (const WorkloadGroup& group : alike) {
      const auto other = std::find_if(alike.begin(), alike.end(),
                                      [&](const WorkloadGroup& one) { return one->name != group->name && graph.sees(*group, *one); });
      if (other == alike.end()) continue;
      Finding finding = report.at_key(*group, group.labels(), format("the WorkloadGroup `{}` has the same labels", (*other)->name));
      finding.alias("KIA1702").note((*other)->name_node(), "the other one");
    }
  }
}

}  // namespace

extern constinit const Rule workloadgroup_duplicate_labels = {
    .info =
        {.id = "workloadgroup-duplicate-labels",
         .summary = "two WorkloadGroups of a namespace give their workloads the same labels",
         .docs =
             "Services and policies find virtual machines by the labels in `spec.metadata.labels`. Groups with equal labels cannot be told "
             "apart by them.",
         .effect = "what selects the workloads of one group selects those of the other too",
         .source = "https://istio.io/latest/docs/reference/config/networking/workload-group/",
         .severity = Severity::warning,
         .aliases = {"KIA1702"}},
    .reads = {Kind::workload_group},
    .check = check,
};

}  // namespace hop::rules
