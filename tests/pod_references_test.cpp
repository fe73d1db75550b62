// What a pod needs before it starts, and that each object is asked for once.

#include <string>

#include "engine/lint.h"
#include "model/k8s/pod_references.h"
#include "support/case.h"
#include "support/catch.h"
#include "text/format.h"

namespace hop {
namespace {

LintRun run_of(const std::string& text) {
  Settings settings;
  settings.isolated = true;
  settings.today = "2026-01-01";
  return lint_texts({{format("{}/a.yaml", case_root), text}}, settings);
}

std::string pod(const std::string& spec) { return "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: n}\nspec:\n" + spec; }

TEST_CASE("thirty variables from one ConfigMap are one reference") {
  std::string spec = "  containers:\n  - name: a\n    image: a\n    env:\n";
  for (int i = 0; i < 30; ++i) spec += format("    - {{name: V{0}, valueFrom: {{configMapKeyRef: {{name: shared, key: k{0}}}}}}}\n", i);
  const LintRun run = run_of(pod(spec));
  CHECK(run.graph->edges(Relation::workload_needs).size() == 1);
  const Workload workload = run.graph->workloads().front();
  CHECK(pod_references(workload).size() == 1);
  CHECK(places_naming(workload, Kind::config_map, "shared").size() == 30);
}

TEST_CASE("a ConfigMap and a Secret of one name are two references") {
  const LintRun run =
      run_of(pod("  containers:\n  - name: a\n    image: a\n    envFrom:\n    - configMapRef: {name: x}\n    - secretRef: {name: x}\n"));
  CHECK(pod_references(run.graph->workloads().front()).size() == 2);
}

TEST_CASE("what is optional is not needed, unless it is needed elsewhere") {
  const std::string optional = "  volumes:\n  - {name: v, configMap: {name: x, optional: true}}\n";
  CHECK(pod_references(run_of(pod(optional)).graph->workloads().front()).empty());
  const std::string both = optional + "  - {name: w, projected: {sources: [{configMap: {name: x}}]}}\n";
  CHECK(pod_references(run_of(pod(both)).graph->workloads().front()).size() == 1);
}

TEST_CASE("objects that the cluster makes itself point outside and are never missing") {
  const LintRun run = run_of(pod("  serviceAccountName: default\n  containers: [{name: a, image: a}]\n") +
                             "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: other, namespace: n}\n");
  REQUIRE(run.graph->edges(Relation::workload_account).size() == 1);
  CHECK(run.graph->edges(Relation::workload_account).front().to.unknown());
}

}  // namespace
}  // namespace hop
