// The same object twice in one cluster.
#include <map>
#include <set>
#include <tuple>

#include "rule/rule.h"

namespace hop::rules {
namespace {

using Identity = std::tuple<std::uint16_t, std::string_view, std::string_view, std::string_view, std::string_view>;

Identity identity(const Resource& resource) {
  return {resource.cluster, group_of(resource.api_version), resource.kind_name, resource.ns, resource.name};
}

void check(const Graph& graph, Report& report) {
  std::map<Identity, const Resource*> first;
  std::set<std::pair<FileId, FileId>> told;  // one finding for a pair of files says enough
  for (const Resource& resource : graph.resources()) {
    if (!resource.linted() || !resource.name_known || !resource.ns_known) continue;
    const auto [at, fresh] = first.emplace(identity(resource), &resource);
    if (fresh || !graph.sees(resource, *at->second)) continue;
    const Resource& other = *at->second;
    if (!told.emplace(other.root.span().file, resource.root.span().file).second) continue;
    report.at(resource, resource.name_node(), format("`{}` is defined more than once", title(resource)))
        .note(other.name_node(), "defined here too")
        .target(title(resource));
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
