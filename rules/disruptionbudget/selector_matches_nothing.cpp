// A PodDisruptionBudget that protects no pod.
#include "graph/near_labels.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const PodDisruptionBudget& budget : graph.linted<PodDisruptionBudget>()) {
    const yaml::Node labels = budget.selector()["matchLabels"];
    if (!selects_nothing(graph, *budget, labels)) continue;
    Finding finding = report.at_key(*budget, labels, format("no workload matches the selector of PodDisruptionBudget `{}`", budget->name));
    if (const auto slip = find_label_slip(graph, *budget, labels)) {
      finding.note(slip->label, format("`{}` is here", slip->label.str()));
      finding.fix(format("change it to `{}`", slip->label.str()), slip->wanted, slip->label.str(), Safety::unsafe);
    }
  }
}

}  // namespace

extern constinit const Rule disruptionbudget_selector_matches_nothing = {
    .info = {.id = "disruptionbudget-selector-matches-nothing",
             .summary = "a PodDisruptionBudget selects no workload",
             .docs = "`matchLabels` is compared with the labels of pod templates in the budget's namespace.\n\n"
                     "Stays silent where the namespace has no workload among the manifests, or custom resources from which an operator may "
                     "make pods.",
             .effect = "draining a node may take every replica at once: the budget protects nothing",
             .source = "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
             .severity = Severity::warning,
             .group = Group::reliability,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::pod_disruption_budget, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
