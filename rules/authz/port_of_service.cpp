// A policy on a port of the Service, where Istio compares ports of the pods.
#include "graph/target_port.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_list(const AuthorizationPolicy& policy, const PodPorts& ports, yaml::Node list, Report& report) {
  for (yaml::Node place : list.items()) {
    const auto number = integer_of(place, true);
    if (!number.is_known()) continue;
    const auto mistaken = ports.mistaken(*number);
    if (!mistaken) continue;
    Finding finding =
        report.at(policy, place, format("{} is a port of Service `{}`; its pods do not have it", *number, mistaken->service->name));
    const auto target = pod_port_number(mistaken->port);
    finding.note(pod_port(mistaken->port), "the Service leads here");
    if (target) finding.fix(format("change it to `{}`", *target), place, format("{}", *target), Safety::unsafe);
  }
}

void check(const Graph& graph, Report& report) {
  for (const AuthorizationPolicy& policy : graph.linted<AuthorizationPolicy>()) {
    // A waypoint, which a target means, sees ports of Services.
    if (policy.selector().size() == 0 || !target_refs(*policy).empty() || policy->ns == graph.root_namespace()) continue;
    const PodPorts* ports = nullptr;
    for (yaml::Node operation : policy.operations()) {
      for (yaml::Node list : {operation["ports"], operation["notPorts"]}) {
        if (list.size() == 0) continue;
        if (ports == nullptr) ports = &graph.pod_ports(*policy, graph.select(*policy, policy.selector(), false));
        check_list(policy, *ports, list, report);
      }
    }
  }
}

}  // namespace

extern constinit const Rule authz_port_of_service = {
    .info = {.id = "authz-port-of-service",
             .summary = "a policy names a port of the Service, where ports of the pods are compared",
             .docs = "`ports` of an operation are those at which the pods take requests: `targetPort` of the Service, not its `port`. "
                     "Told where the policy selects its workloads, a Service of theirs has the port and leads to another one, and the "
                     "pods neither declare the number nor get requests there.",
             .effect = "the rule matches no request: ALLOW lets nobody in by it, DENY keeps nobody out",
             .source = "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation",
             .severity = Severity::error,
             .group = Group::security,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::authorization_policy, Kind::service, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
