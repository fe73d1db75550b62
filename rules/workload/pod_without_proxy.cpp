// A bare Pod without a sidecar in a namespace with injection.
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether the manifest was read from a cluster: then the injector has had its turn.
bool is_running(const Workload& pod) {
  return pod->metadata().has("uid") || pod.pod_spec().has("nodeName") || (*pod)["status"].has("phase");
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Workload workload(resource);
  if (workload->kind != Kind::pod || workload.proxy()) return;
  const Injection injection = graph.injection(workload);
  if (injection.plane != Dataplane::sidecar) return;
  Finding finding = report.at(workload, workload->name_node(), format("the Pod `{}` should have a sidecar and has none", workload->name));
  finding.alias("IST0103").note(injection.decided_by, "injection is on here");
  if (!is_running(workload)) finding.severity(Severity::info);
}

}  // namespace

extern constinit const Rule workload_pod_without_proxy = {
    .info = {.id = "workload-pod-without-proxy",
             .summary = "a Pod has no sidecar although injection is on for it",
             .docs =
                 "For manifests read from a cluster: a Pod made before its namespace was labelled has no sidecar until it is made anew.\n\n"
                 "In manifests that are yet to be applied a Pod never has one; those are info. Revision labels count like "
                 "`istio-injection: enabled`.",
             .effect = "the Pod is outside the mesh: no mTLS, and STRICT peers refuse it",
             .source = "https://istio.io/latest/docs/reference/config/analysis/ist0103/",
             .severity = Severity::warning,
             .group = Group::policy,
             .aliases = {"IST0103"}},
    .reads = {Kind::namespace_, Facet::workloads, Facet::injection},
    .each = workload_kinds,
    .check_each = check_each,
};

}  // namespace hop::rules
