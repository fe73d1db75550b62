// Stickiness to nodes, behind which kube-proxy balances once more.
#include <set>

#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  for (const TargetGroup& group : graph.target_groups()) {
    const Setting& attributes = group.attributes;
    if (attributes.set_by == nullptr || !attributes.known || !attributes.set_by->linted() || !group.target_type.is("instance")) continue;
    // What is not among the manifests may set the target type.
    if (group.target_type.set_by == nullptr && !group.service.found()) continue;
    const aws::StringMap map = aws::string_map(attributes.value);
    const auto* stickiness = map.find("stickiness.enabled");
    if (stickiness == nullptr || stickiness->value != "true" || !told.insert(attributes.node.span()).second) continue;
    Finding finding =
        report.at(*attributes.set_by, attributes.node, attributes.node.part_span(stickiness->whole.begin, stickiness->whole.end),
                  "stickiness binds a client to a node, not to a pod");
    if (group.target_type.node) {
      finding.note(group.target_type.node, "the targets are instances");
    } else {
      finding.label("the default target type is `instance`");
    }
  }
}

}  // namespace

extern constinit const Rule alb_stickiness_on_instances = {
    .info = {.id = "alb-stickiness-on-instances",
             .summary = "an ALB's target group is sticky but its targets are instances",
             .docs =
                 "With `target-type: instance` the ALB sends to a node port, and kube-proxy picks any pod behind it: the cookie names the "
                 "node only. Sticky sessions need `target-type: ip`.",
             .effect = "requests of one session reach different pods; sessions are lost now and then",
             .source =
                 "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#target-group-attributes",
             .severity = Severity::warning,
             .group = Group::reliability},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
