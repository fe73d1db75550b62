// A policy whose selector matches no workload.
#include "graph/machines.h"
#include "graph/near_labels.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr Kind kinds[] = {
    Kind::authorization_policy, Kind::request_authentication, Kind::peer_authentication, Kind::sidecar, Kind::telemetry,
    Kind::wasm_plugin,          Kind::traffic_extension};

/// Policies of the root namespace that select workloads of the whole mesh.
bool is_mesh_wide(const Graph& graph, const Resource& policy) {
  return policy.ns == graph.root_namespace() && policy.kind != Kind::sidecar && policy.kind != Kind::peer_authentication;
}

void add_aliases(Finding& finding, Kind kind) {
  if (kind == Kind::authorization_policy) finding.alias("IST0127");
  if (kind == Kind::sidecar || kind == Kind::telemetry) finding.alias("IST0101");
  if (kind != Kind::telemetry && kind != Kind::wasm_plugin && kind != Kind::traffic_extension) finding.alias("KIA0004");
}

void check_policy(const Graph& graph, const Resource& policy, Report& report) {
  const yaml::Node selector = policy_selector(policy);
  if (selector.size() == 0) return;
  const bool everywhere = is_mesh_wide(graph, policy);
  const Graph::Selection& pods = graph.select(policy, selector, everywhere);
  if (!pods.workloads.empty() || pods.unknown || selects_machine(graph, policy, selector, everywhere) != Truth::no) return;
  const bool complete = everywhere ? graph.world().complete : graph.complete(policy.ns);
  const auto slip = find_label_slip(graph, policy, selector);
  if (!complete && (everywhere || (!slip && !graph.has_workloads(policy, false)))) return;
  Finding finding = report.at_key(policy, selector, format("no workload matches the selector of {} `{}`", policy.kind_name, policy.name));
  add_aliases(finding, policy.kind);
  if (slip) {
    finding.note(slip->label, format("`{}` is here", slip->label.str()));
    finding.fix(format("change it to `{}`", slip->label.str()), slip->wanted, slip->label.str(), Safety::unsafe);
  }
}

void check(const Graph& graph, Report& report) {
  for (Kind kind : kinds) {
    for (const Resource* policy : graph.of(kind)) {
      if (policy->linted()) check_policy(graph, *policy, report);
    }
  }
}

}  // namespace

extern constinit const Rule policy_selector_matches_nothing = {
    .info =
        {.id = "policy-selector-matches-nothing",
         .summary = "a policy selects no workload",
         .docs =
             "Selectors are compared with the labels of pod templates, WorkloadEntries and WorkloadGroups in the policy's namespace; those "
             "of an AuthorizationPolicy, "
             "RequestAuthentication, Telemetry, WasmPlugin or TrafficExtension in the root namespace with templates of the whole mesh.\n\n"
             "Stays silent where the namespace has no workload among the manifests, or custom resources from which an operator may "
             "make pods.",
         .effect = "the policy is accepted and applies to nothing: what it should protect or change stays as it is",
         .source = "https://istio.io/latest/docs/reference/config/type/workload-selector/",
         .severity = Severity::warning,
         .aliases = {"IST0101", "IST0127", "KIA0004"},
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::authorization_policy, Kind::request_authentication, Kind::peer_authentication, Kind::sidecar, Kind::telemetry,
              Kind::wasm_plugin, Kind::traffic_extension, Kind::workload_entry, Kind::workload_group, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
