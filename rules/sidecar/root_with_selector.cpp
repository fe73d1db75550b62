// A Sidecar in the root namespace that selects workloads.
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Sidecar& sidecar : graph.linted<Sidecar>()) {
    if (sidecar->ns != graph.root_namespace() || !sidecar.selects_workloads()) continue;
    Finding finding =
        report.at_key(*sidecar, sidecar.selector(), "a Sidecar of the root namespace with a selector is no default for the mesh");
    finding.alias("KIA1006");
    // It may be meant for what runs in the root namespace itself.
    if (!graph.select(*sidecar, sidecar.selector(), false).workloads.empty()) finding.severity(Severity::info);
  }
}

}  // namespace

extern constinit const Rule sidecar_root_with_selector = {
    .info = {.id = "sidecar-root-with-selector",
             .summary = "a Sidecar in the root namespace has a workload selector",
             .docs = "Without a selector, a Sidecar of the root namespace is the default of every namespace that has none. With one it "
                     "holds for workloads "
                     "of the root namespace only.",
             .effect = "no other namespace takes this configuration",
             .source = "https://istio.io/latest/docs/reference/config/networking/sidecar/",
             .severity = Severity::warning,
             .aliases = {"KIA1006"}},
    .reads = {Kind::sidecar, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
