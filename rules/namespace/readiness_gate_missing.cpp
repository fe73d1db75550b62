// Pods behind an ALB that count as ready before the load balancer knows them.
#include <map>

#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view label = "elbv2.k8s.aws/pod-readiness-gate-inject";

void check(const Graph& graph, Report& report) {
  std::map<std::uint32_t, const TargetGroup*> first;  // by Namespace
  for (const TargetGroup& group : graph.target_groups()) {
    if (!group.target_type.is("ip") || !group.service.found() || group.ingress->ns.empty()) continue;
    const Lookup found = graph.find(*group.ingress, Kind::namespace_, "", group.ingress->ns);
    if (found.found() && found.target->linted()) first.emplace(found.target->id, &group);
  }
  for (const Namespace& ns : graph.linted<Namespace>()) {
    const auto group = first.find(ns->id);
    if (group == first.end() || ns->label(label)) continue;
    report.at(ns, ns->name_node(), format("pods of `{}` count as ready before the ALB has taken them in", ns->name))
        .note(group->second->backend.path.service(), "an ALB sends to pods here");
  }
}

}  // namespace

extern constinit const Rule namespace_readiness_gate_missing = {
    .info = {.id = "namespace-readiness-gate-missing",
             .summary = "pods that an ALB sends to by address have no readiness gate",
             .docs = "With `target-type: ip` a rollout may stop the old pods before the load balancer has checked the new ones. The label "
                     "`elbv2.k8s.aws/pod-readiness-gate-inject: enabled` on the namespace makes pods ready only once they are healthy "
                     "targets.",
             .effect = "rollouts lose requests: 502 and 503 for some seconds",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/",
             .severity = Severity::info,
             .group = Group::reliability},
    .reads = {Kind::namespace_, Facet::entry},
    .check = check,
};

}  // namespace hop::rules
