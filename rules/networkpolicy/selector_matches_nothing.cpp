// A NetworkPolicy that applies to no pod.
#include "graph/near_labels.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const NetworkPolicy& policy : graph.linted<NetworkPolicy>()) {
    const yaml::Node labels = policy.selector()["matchLabels"];
    if (!selects_nothing(graph, *policy, labels)) continue;
    Finding finding = report.at_key(*policy, labels, format("no workload matches the selector of NetworkPolicy `{}`", policy->name));
    if (const auto slip = find_label_slip(graph, *policy, labels)) {
      finding.note(slip->label, format("`{}` is here", slip->label.str()));
      finding.fix(format("change it to `{}`", slip->label.str()), slip->wanted, slip->label.str(), Safety::unsafe);
    }
  }
}

}  // namespace

extern constinit const Rule networkpolicy_selector_matches_nothing = {
    .info = {.id = "networkpolicy-selector-matches-nothing",
             .summary = "a NetworkPolicy selects no workload",
             .docs = "`podSelector.matchLabels` is compared with the labels of pod templates in the policy's namespace; an empty selector "
                     "means all pods.\n\n"
                     "Stays silent where the namespace has no workload among the manifests, or custom resources from which an operator may "
                     "make pods.",
             .effect = "the policy is accepted and applies to nothing: the pods it should isolate stay open",
             .source = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
             .severity = Severity::warning,
             .group = Group::security,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::network_policy, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
