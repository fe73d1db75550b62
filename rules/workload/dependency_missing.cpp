// A workload whose pods wait for a ConfigMap, Secret or volume claim that does not exist.
#include "model/k8s/pod_references.h"
#include "rule/missing.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::workload_needs)) {
    if (!edge.to.missing()) continue;
    Finding finding = report_missing(edge, report, places_naming(Workload(*edge.from), edge.kind, edge.name));
    if (edge.kind == Kind::persistent_volume_claim) finding.effect("the pods stay Pending: no node is chosen for them");
  }
}

}  // namespace

extern constinit const Rule workload_dependency_missing = {
    .info =
        {.id = "workload-dependency-missing",
         .summary = "a workload needs a ConfigMap, Secret or volume claim that does not exist",
         .docs =
             "Environment variables, `envFrom`, volumes (projected ones too) and `imagePullSecrets` are looked up in the workload's own "
             "namespace; each object is reported once for a workload, where it is named first. What is `optional: true` is not "
             "needed.\n\n"
             "A ConfigMap or claim counts as missing where others of its namespace are among the manifests; that a Secret is "
             "missing is said with `complete` only, as many are made by hand. Certificates, ExternalSecrets, SealedSecrets and "
             "kustomize's generators provide theirs. Declare others with `known: [\"Secret ns/name\"]`.",
         .effect = "the pods do not start: CreateContainerConfigError, or volumes that are never mounted",
         .source = "https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#restrictions",
         .severity = Severity::error,
         .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
