// The same object twice in one cluster.
#include <set>
#include <utility>

#include "graph/duplicates.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  std::set<std::pair<FileId, FileId>> told;  // one finding for a pair of files says enough
  for (const auto& [first, later] : duplicates(graph)) {
    if (!graph.sees(*later, *first) || !told.emplace(first->root.span().file, later->root.span().file).second) continue;
    report.at(*later, later->name_node(), format("`{}` is defined more than once", title(*later)))
        .note(first->name_node(), "defined here too")
        .target(title(*later));
  }
}

}  // namespace

extern constinit const Rule metadata_duplicate_resource = {
    .info = {.id = "metadata-duplicate-resource",
             .summary = "the same object is defined more than once",
             .docs =
                 "Two files that define one object are alternatives, copies for several clusters, or a mistake; only one can be applied "
                 "last. Reported once for a pair of files, and no rule compares the two.\n\n"
                 "Name the clusters in `clusters:`, or exclude one of the two.",
             .effect = "whichever is applied last wins",
             .source = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/",
             .severity = Severity::info},
    .reads = {Facet::files},
    .check = check,
};

}  // namespace hop::rules
