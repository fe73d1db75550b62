// A selector that does not match the labels of its own pod template.
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The pair of `matchLabels` that the template does not carry; absent where an expression decides.
yaml::Node wrong_pair(yaml::Node match_labels, Labels labels) {
  for (const auto& [key, value] : match_labels.entries()) {
    const auto want = text_of(value);
    if (want.is_known() && labels[key.str()].equals(*want) == Truth::no) return value;
  }
  return {};
}

void check_one(const Resource& resource, Report& report) {
  const yaml::Node selector = resource.spec()["selector"];
  const Labels labels{resource.spec()["template"]["metadata"]["labels"]};
  // What a patch or an overlay adds is not here.
  if (!selector.is_mapping() || !resource.spec()["template"] || resource.patched) return;
  if (matches_selector(selector, labels) != Truth::no) return;
  const yaml::Node pair = wrong_pair(selector["matchLabels"], labels);
  const yaml::Node place = pair ? pair : selector;
  Finding finding = report.at_key(resource, place, "the selector does not match the labels of the pod template");
  finding.note(labels.node ? labels.node.key_span() : resource.spec()["template"].key_span(), "the labels of the pods");
}

}  // namespace

extern constinit const Rule workload_selector_mismatch = {
    .info = {.id = "workload-selector-mismatch",
             .summary = "the selector of a workload does not match the labels of its own pods",
             .docs =
                 "`spec.selector` of a Deployment, StatefulSet, DaemonSet or ReplicaSet must select the pods that `spec.template` makes.",
             .effect = "the API server refuses the object: `selector` does not match template `labels`",
             .source = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector",
             .severity = Severity::error},
    .reads = {Kind::deployment, Kind::stateful_set, Kind::daemon_set, Kind::replica_set},
    .check_one = check_one,
};

}  // namespace hop::rules
