// Two Ingresses of a group that both want to be the last resort of a listener.
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    if (!group.known) continue;
    std::set<std::uint32_t> told;
    for (const Listener& listener : group.listeners) {
      for (std::size_t i = 1; i < listener.fallbacks.size(); ++i) {
        const ListenerRule& rule = group.rules[listener.fallbacks[i]];
        if (!told.insert(rule.member).second) continue;
        report
            .at_key(group.ingress(rule), rule.backend.path.node,
                    format("port {} has another default backend from an Ingress of the group `{}`", listener.port, group.name))
            .note(group.rules[listener.fallbacks.front()].backend.path.node.key_span(), "the other one");
      }
    }
  }
}

}  // namespace

extern constinit const Rule alb_several_default_backends = {
    .info = {.id = "alb-several-default-backends",
             .summary = "several Ingresses of a group have a default backend on one port",
             .docs = "A listener has one default action. Of the Ingresses that share a group and a listen port only one may have "
                     "`spec.defaultBackend`.",
             .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
             .source = "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/ingress/model_build_listener.go",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
