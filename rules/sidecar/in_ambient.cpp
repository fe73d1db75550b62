// A Sidecar resource for workloads in ambient mode.
#include <algorithm>

#include "graph/ambient.h"
#include "graph/once.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  OncePerThing<const Workload*> first_in_ambient;
  const auto find_first = [&](const Graph::Selection& pods) -> const Workload* {
    const auto is_ambient = [&](const Workload& workload) { return graph.injection(workload).plane == Dataplane::ambient; };
    const auto first = std::ranges::find_if(pods.workloads, is_ambient);
    return first == pods.workloads.end() ? nullptr : &*first;
  };
  for (const Sidecar& sidecar : graph.linted<Sidecar>()) {
    if (!sidecar.selects_workloads()) {
      const bool ambient = !sidecar->ns.empty() && in_ambient_namespace(graph, *sidecar) == Truth::yes;
      if (ambient)
        report.at(sidecar, sidecar->name_node(), format("namespace `{}` is in ambient mode: its pods have no sidecar", sidecar->ns))
            .alias("IST0167");
      continue;
    }
    const Workload* taken = first_in_ambient.of(graph.select(*sidecar, sidecar.selector(), false), find_first);
    if (taken == nullptr) continue;
    Finding finding = report.at_key(*sidecar, sidecar.selector(),
                                    format("the {} `{}` is in ambient mode and has no sidecar", (*taken)->kind_name, (*taken)->name));
    finding.alias("IST0167").note((*taken)->name_node(), "selected here");
  }
}

}  // namespace

extern constinit const Rule sidecar_in_ambient = {
    .info = {.id = "sidecar-in-ambient",
             .summary = "a Sidecar configures workloads in ambient mode",
             .docs = "Sidecar resources configure the proxy beside an application. In ambient mode there is none: ztunnel and waypoints do "
                     "its work and "
                     "do not read them.",
             .effect = "the resource is accepted and ignored",
             .source = "https://istio.io/latest/docs/ambient/overview/",
             .severity = Severity::warning,
             .aliases = {"IST0167"},
             .applies = {Component::istio, {1, 18}}},
    .reads = {Kind::sidecar, Kind::namespace_, Facet::workloads, Facet::injection},
    .check = check,
};

}  // namespace hop::rules
