// A root namespace whose name is surely a slip for another.
#include <optional>

#include "graph/namespaces.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  std::optional<NamespaceNames> names;
  for (const MeshConfig& config : graph.mesh_configs()) {
    const auto root = text_of(config.node["rootNamespace"]);
    if (!config.resource->linted() || !root.is_known()) continue;
    if (!names) names.emplace(graph);
    const auto meant = names->meant_by(*config.resource, *root);
    if (!meant) continue;
    report.at(*config.resource, root.node(), format("nothing is in the root namespace `{}`, which resembles `{}`", *root, meant->name))
        .fix(format("change it to `{}`", meant->name), root.node(), meant->name, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule mesh_root_namespace_misspelt = {
    .info = {.id = "mesh-root-namespace-misspelt",
             .summary = "the mesh's root namespace is a slip for another one",
             .docs = "Policies in `rootNamespace` hold for the whole mesh. Reported where two letters are swapped, or one inside a word is "
                     "missing or doubled, against a namespace among the manifests, and nothing lies in the one that is named.",
             .effect = "the policies that are to hold for the whole mesh hold for one namespace only",
             .source = "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-root_namespace",
             .severity = Severity::error,
             .group = Group::security,
             .fixes = FixPolicy::always},
    .reads = {Facet::files, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
