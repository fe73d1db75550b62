// A document with an apiVersion and no kind, or the other way round.
#include "rule/edit.h"
#include "rule/rule.h"
#include "text/words.h"

namespace hop::rules {
namespace {

/// The entry whose key was meant to be `name`.
std::optional<yaml::Entry> misspelt(yaml::Node root, std::string_view name) {
  for (const yaml::Entry& entry : root.entries()) {
    if (nearest(entry.key.str(), std::span(&name, 1))) return entry;
  }
  return std::nullopt;
}

void check(const Graph& graph, Report& report) {
  for (const ReadFile& file : graph.files()) {
    for (const ReadDocument& document : file.documents) {
      if (document.is != DocumentClass::half || file.known) continue;
      const yaml::Node root = document.document->root();
      const char* there = root.has("kind") ? "kind" : "apiVersion";
      const char* missing = root.has("kind") ? "apiVersion" : "kind";
      if (const auto meant = misspelt(root, missing)) {
        const std::string_view key = meant->key.str();
        Finding finding = report.at(meant->key.span(), format("an object has no key `{}`; did you mean `{}`?", key, missing));
        if (auto edit = rename_key(meant->value, missing)) finding.fix(format("change it to `{}`", missing), {*edit}, Safety::unsafe);
        continue;
      }
      report.at(root[there].key_span(), format("document has `{}` but no `{}`", there, missing)).severity(Severity::warning);
    }
  }
}

}  // namespace

extern constinit const Rule yaml_half_manifest = {
    .info = {.id = "yaml-half-manifest",
             .summary = "a document has only one of `apiVersion` and `kind`",
             .docs = "A Kubernetes object needs both. A document with neither is taken for something else and left alone.\n\n"
                     "Keys are case-sensitive: `apiversion` is not `apiVersion`. A warning where nothing like the missing one is there.",
             .effect = "kubectl refuses the document, and nothing else in it was checked",
             .source = "https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::files},
    .check = check,
};

}  // namespace hop::rules
