// A namespace whose name is surely a slip for another.
#include "graph/namespaces.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  const NamespaceNames names(graph);
  const Resource* last = nullptr;  // the last one whose namespace is right: others of it follow
  for (const Resource& resource : graph.resources()) {
    if (!resource.linted() || resource.opaque || !resource.ns_known || resource.ns.empty() || resource.cluster_scoped()) continue;
    if (last != nullptr && last->ns == resource.ns && last->cluster == resource.cluster) continue;
    const auto meant = names.meant_by(resource, resource.ns);
    if (!meant) {
      last = &resource;
      continue;
    }
    const yaml::Node place = resource.metadata()["namespace"];
    if (!place) continue;
    Finding finding =
        report.at(resource, place, format("nothing else is in namespace `{}`, which resembles `{}`", resource.ns, meant->name));
    if (meant->example != nullptr)
      finding.note(meant->example->kind == Kind::namespace_ ? meant->example->name_node() : meant->example->metadata()["namespace"],
                   format("`{}` is here", meant->name));
    finding.fix(format("change it to `{}`", meant->name), place, meant->name, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule metadata_namespace_misspelt = {
    .info = {.id = "metadata-namespace-misspelt",
             .summary = "an object lies alone in a namespace whose name is a slip for another one's",
             .docs = "Two letters are swapped, or one inside a word is missing or doubled, against a Namespace among the manifests, one "
                     "that every cluster has, or one in which several objects lie; and there is no Namespace of that name, nor anything "
                     "else in it. Names that differ by a digit, by another letter or at the end of a word are two names.",
             .effect = "the object is refused, for the namespace does not exist, or does nothing where it is",
             .source = "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
             .severity = Severity::warning,
             .fixes = FixPolicy::always},
    .reads = {Facet::files},
    .check = check,
};

}  // namespace hop::rules
