// A policy that selects the pods of a Gateway API Gateway by label.
#include "graph/once.h"
#include "model/gatewayapi/views.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr Kind kinds[] = {Kind::authorization_policy, Kind::request_authentication, Kind::telemetry, Kind::wasm_plugin,
                          Kind::traffic_extension};

/// The label of the first pod that has one.
yaml::Node gateway_of_pods(const Graph::Selection& pods) {
  for (const Workload& workload : pods.workloads) {
    if (const yaml::Node label = workload.labels().node[gateway_name_label]) return label;
  }
  return {};
}

/// The label that names the Gateway: of a pod the selector matches, or in the selector itself.
yaml::Node gateway_of(const Graph& graph, const Resource& policy, yaml::Node selector, OncePerThing<yaml::Node>& of_pods) {
  if (const yaml::Node label = of_pods.of(graph.select(policy, selector, false), gateway_of_pods)) return label;
  const yaml::Node named = selector[gateway_name_label];
  return named && graph.find(policy, Kind::k8s_gateway, policy.ns, named.str()).found() ? named : yaml::Node();
}

void check(const Graph& graph, Report& report) {
  OncePerThing<yaml::Node> of_pods;
  for (Kind kind : kinds) {
    for (const Resource* policy : graph.of(kind)) {
      const yaml::Node selector = policy_selector(*policy);
      // A selector without labels selects everything.
      if (!policy->linted() || !policy->spec()["selector"].is_mapping() || !target_refs(*policy).empty()) continue;
      const yaml::Node gateway = gateway_of(graph, *policy, selector, of_pods);
      if (!gateway) continue;
      Finding finding =
          report.at_key(*policy, selector ? selector : policy->spec()["selector"],
                        format("the pods selected belong to the Gateway `{}`, which takes policies by `targetRefs`", gateway.str()));
      finding.note(gateway, "the Gateway");
      if (kind != Kind::traffic_extension) finding.alias("IST0166");
      if (selector.size() == 0) finding.severity(Severity::info);
    }
  }
}

}  // namespace

extern constinit const Rule policy_selector_on_gateway = {
    .info = {.id = "policy-selector-on-gateway",
             .summary = "a policy selects the pods of a Gateway by label instead of naming the Gateway",
             .docs = "Pods of a Gateway of the Gateway API carry the label `gateway.networking.k8s.io/gateway-name`. Policies for them "
                     "name the Gateway in "
                     "`targetRefs`.",
             .effect = "a waypoint ignores the policy; other gateways take it only as long as Istio is set to",
             .source = "https://istio.io/latest/docs/reference/config/type/workload-selector/#PolicyTargetReference",
             .severity = Severity::warning,
             .group = Group::security,
             .aliases = {"IST0166"}},
    .reads = {Kind::authorization_policy, Kind::request_authentication, Kind::telemetry, Kind::wasm_plugin, Kind::traffic_extension,
              Kind::k8s_gateway, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
