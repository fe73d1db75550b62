// The same key twice in one mapping.
#include "rule/rule.h"
#include "yaml/keys.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const ReadFile& file : graph.files()) {
    for (const ReadDocument& document : file.documents) {
      if (document.is != DocumentClass::resource || file.known) continue;
      const yaml::Tree& tree = document.document->tree();
      for (const yaml::DuplicateKey& duplicate : tree.duplicates) {
        const yaml::Item& key = tree.items[duplicate.key];
        const yaml::Item& first = tree.items[duplicate.first];
        const std::string_view text = yaml::key_text(tree, duplicate.key);
        report.at(document.document->span(key.begin, key.end), format("key `{}` is given twice in one mapping", text))
            .note(document.document->span(first.begin, first.end), "first given here; this value is dropped");
      }
    }
  }
}

}  // namespace

extern constinit const Rule yaml_duplicate_key = {
    .info = {.id = "yaml-duplicate-key",
             .summary = "a mapping has the same key twice",
             .docs =
                 "YAML forbids it. `kubectl apply` refuses the document under its default strict field validation; tools without it keep "
                 "the last value and drop the first without a word.\n\nTake one of the two out.",
             .effect = "kubectl refuses the object, or one of the two values is lost silently",
             .source = "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
             .severity = Severity::error},
    .reads = {Facet::files},
    .check = check,
};

}  // namespace hop::rules
