// A PeerAuthentication for some workloads where only those for the whole mesh are read.
#include "graph/machines.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool finds_nobody(const Graph& graph, const Resource& policy, yaml::Node selector) {
  const Graph::Selection& pods = graph.select(policy, selector, false);
  return pods.workloads.empty() && !pods.unknown && selects_machine(graph, policy, selector, false) == Truth::no;
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const PeerAuthentication policy(resource);
  if (!policy.selects_workloads() || !policy->ns_known || policy->ns != graph.root_namespace()) return;
  const yaml::Node selector = policy_selector(resource);
  Finding finding = report.at_key(resource, selector, "in the root namespace a PeerAuthentication with a selector is ignored");
  finding.explains_place();
  if (finds_nobody(graph, resource, selector) && graph.complete(policy->ns)) finding.alias("KIA0004");
}

}  // namespace

extern constinit const Rule mtls_selector_in_root_namespace = {
    .info = {.id = "mtls-selector-in-root-namespace",
             .summary = "a PeerAuthentication with a selector stands in the root namespace",
             .docs =
                 "In the root namespace Istio reads PeerAuthentications for the whole mesh only: one with a selector is ignored, also for "
                 "pods that run there. Other policies of the root namespace do select workloads of every namespace.\n\nPut it into the "
                 "namespace of the workloads. Gateways that are to have one belong into a namespace of their own.",
             .effect = "the workloads keep the mode of their namespace or the mesh; no port of theirs is exempt from it",
             .source = "https://istio.io/latest/docs/reference/config/security/peer_authentication/",
             .severity = Severity::warning,
             .group = Group::security,
             .aliases = {"KIA0004"}},
    .reads = {Kind::peer_authentication, Kind::workload_entry, Kind::workload_group, Facet::workloads, Facet::mesh},
    .each = Kind::peer_authentication,
    .check_each = check_each,
};

}  // namespace hop::rules
