// A Namespace that asks for a revision of Istio which is a slip for another.
#include <map>
#include <string>
#include <vector>

#include "rule/rule.h"
#include "text/typing_slip.h"

namespace hop::rules {
namespace {

constexpr std::string_view label = "istio.io/rev";

/// Revisions that something installs or that more than one Namespace asks for, by cluster; values say where.
using Revisions = std::map<std::pair<std::uint16_t, std::string>, yaml::Node>;

/// "stable" of "istio-stable".
std::string_view suffix_of(std::string_view name, std::string_view prefix) {
  return name.starts_with(prefix) && name.size() > prefix.size() ? name.substr(prefix.size()) : std::string_view{};
}

Revisions installed(const Graph& graph) {
  Revisions all;
  const auto add = [&](const Resource& by, std::string_view revision, yaml::Node place) {
    if (!revision.empty() && !yaml::is_placeholder(revision)) all.emplace(std::pair(by.cluster, std::string(revision)), place);
  };
  for (const MeshConfig& config : graph.mesh_configs()) {
    const Resource& by = *config.resource;
    if (by.kind == Kind::config_map) add(by, suffix_of(by.name, "istio-"), by.name_node());
    if (by.kind == Kind::istio_operator) add(by, by.spec()["revision"].str(), by.spec()["revision"]);
    if (by.kind == Kind::istio) add(by, by.name, by.name_node());
  }
  for (const Resource* hook : graph.of(Kind::mutating_webhook)) {
    add(*hook, hook->label(label).str(), hook->label(label));
    add(*hook, hook->label("istio.io/tag").str(), hook->label("istio.io/tag"));
  }
  return all;
}

void check(const Graph& graph, Report& report) {
  std::map<std::pair<std::uint16_t, std::string>, std::vector<yaml::Node>> asked;
  for (const Namespace& ns : graph.all<Namespace>()) {
    if (const auto revision = text_of(ns->label(label)); revision.is_known())
      asked[{ns->cluster, std::string(*revision)}].push_back(revision.node());
  }
  Revisions known = installed(graph);
  for (const auto& [revision, places] : asked) {
    if (places.size() > 1) known.emplace(revision, places.front());
  }
  for (const Namespace& ns : graph.linted<Namespace>()) {
    const auto revision = text_of(ns->label(label));
    if (!revision.is_known() || known.contains({ns->cluster, std::string(*revision)})) continue;
    for (const auto& [other, place] : known) {
      if (other.first != ns->cluster || !is_typing_slip(*revision, other.second)) continue;
      report.at(ns, revision.node(), format("nothing installs revision `{}`, which resembles `{}`", *revision, other.second))
          .note(place, format("`{}` is here", other.second))
          .fix(format("change it to `{}`", other.second), revision.node(), other.second, Safety::unsafe);
      break;
    }
  }
}

}  // namespace

extern constinit const Rule namespace_revision_unknown = {
    .info = {.id = "namespace-revision-unknown",
             .summary = "a Namespace asks for a revision of Istio that is a slip for another",
             .docs = "`istio.io/rev` is the revision of a control plane, or a tag of one. It is compared with the revisions of mesh "
                     "ConfigMaps, IstioOperators and injection webhooks among the manifests, and with what several other Namespaces ask "
                     "for; only a slip for one of them is told, since revisions and tags are often made by hand.",
             .effect = "no injector takes the namespace: its pods stay outside the mesh",
             .source = "https://istio.io/latest/docs/setup/upgrade/canary/",
             .severity = Severity::error,
             .group = Group::security,
             .fixes = FixPolicy::always},
    .reads = {Kind::namespace_, Kind::mutating_webhook, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
