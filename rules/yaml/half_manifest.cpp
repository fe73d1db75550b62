// A document with an apiVersion and no kind, or the other way round.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const ReadFile& file : graph.files()) {
    for (const ReadDocument& document : file.documents) {
      if (document.is != DocumentClass::half || file.known) continue;
      const yaml::Node root = document.document->root();
      const char* there = root.has("kind") ? "kind" : "apiVersion";
      const char* missing = root.has("kind") ? "apiVersion" : "kind";
      report.at(root[there].key_span(), format("document has `{}` but no `{}`", there, missing));
    }
  }
}

}  // namespace

extern constinit const Rule yaml_half_manifest = {
    .info = {.id = "yaml-half-manifest",
             .summary = "a document has only one of `apiVersion` and `kind`",
             .docs = "A Kubernetes object needs both. A document with neither is taken for something else and left alone.",
             .effect = "kubectl refuses the document, and nothing else in it was checked",
             .source = "https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields",
             .severity = Severity::warning},
    .reads = {Facet::files},
    .check = check,
};

}  // namespace hop::rules
