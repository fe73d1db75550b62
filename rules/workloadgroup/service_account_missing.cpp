// A WorkloadGroup whose workloads run as a service account that does not exist.
#include "graph/service_accounts.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  if (graph.of(Kind::workload_group).empty()) return;
  const ServiceAccounts accounts(graph, ServiceAccounts::Users::pods);
  for (const WorkloadGroup& group : graph.linted<WorkloadGroup>()) {
    const auto name = text_of(group.service_account());
    if (!name.is_known() || (*name).empty()) continue;
    const Lookup account = accounts.find(*group, group->ns, *name);
    if (!account.missing()) continue;
    Finding finding = report.at(group, name.node(), format("the service account `{}` does not exist", *name));
    finding.alias("KIA1701").missing(account).target(format("ServiceAccount {}/{}", group->ns, *name));
  }
}

}  // namespace

extern constinit const Rule workloadgroup_service_account_missing = {
    .info = {.id = "workloadgroup-service-account-missing",
             .summary = "a WorkloadGroup names a service account that does not exist",
             .docs = "`spec.template.serviceAccount` is the identity of the virtual machines. It counts as existing if a ServiceAccount or "
                     "a workload "
                     "that runs as it is among the manifests.",
             .effect = "the virtual machines get no certificate and do not join the mesh",
             .source = "https://istio.io/latest/docs/setup/install/virtual-machine/",
             .severity = Severity::warning,
             .aliases = {"KIA1701"}},
    .reads = {Kind::workload_group, Kind::service_account, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
