// MeshConfig as Helm charts (`istiod` and `base`, by Flux or Argo CD) and the Sail operator's Istio give it.
// Source: istio/istio manifests/charts/istio-control/istio-discovery/templates/configmap.yaml; sailoperator.io Istio API reference.

#include <string>

#include "graph/index.h"
#include "model/chart.h"
#include "text/words.h"
#include "yaml/builder.h"

namespace hop {
namespace {

constexpr std::string_view mesh_prefix = "meshConfig.";

/// `meshConfig.a.b` as the mapping {a: {b: value}}: `helm --set` gives no mapping.
std::shared_ptr<const yaml::Document> nested(std::string_view path, yaml::Node value) {
  yaml::Builder builder;
  const Span place = value.span();
  const std::vector<std::string_view> parts = split_list(path, '.');
  for (const std::string_view part : parts) {
    builder.begin_mapping(place);
    builder.key(part, place);
  }
  builder.copy(value);
  for (std::size_t level = 0; level < parts.size(); ++level) builder.end();
  return builder.finish();
}

/// More values are given elsewhere: what is not said here may be said there.
void add_open(Index& index, const Resource& install) {
  Resource& open = index.resources.emplace_back(install);
  open.id = static_cast<std::uint32_t>(index.resources.size() - 1);
  open.kind = Kind::other;
  open.origin = Origin::implied;
  open.opaque = true;
  index.mesh_configs.push_back({&open, {}});
}

void read_istiod(Index& index, const Resource& install, const ChartUse& use) {
  index.documents.insert(index.documents.end(), use.documents.begin(), use.documents.end());
  // The control plane's namespace is the root unless the configuration names another.
  const auto ns = text_of(use.value({"global", "istioNamespace"}));
  if (ns.is_known()) index.root_namespace = *ns;
  if (const auto domain = text_of(use.value({"global", "proxy", "clusterDomain"})); domain.is_known()) index.cluster_domain = *domain;
  const bool configured = index.mesh_configured;
  bool any = false;
  for (yaml::Node parameter : use.parameters) {
    const std::string_view name = parameter["name"].str();
    if (!name.starts_with(mesh_prefix) || name.find('[') != std::string_view::npos) continue;
    index.documents.push_back(nested(name.substr(mesh_prefix.size()), parameter["value"]));
    add_mesh_config(index, install, index.documents.back()->root());
    any = true;
  }
  for (yaml::Node values : use.values) {
    if (values["meshConfig"]) add_mesh_config(index, install, values["meshConfig"]), any = true;
  }
  if (!any && !use.open) add_mesh_config(index, install, {});
  if (!use.open) return;
  index.mesh_configured = configured;
  add_open(index, install);
}

void read_sail(Index& index, const Resource& istio) {
  const yaml::Node values = istio.spec()["values"];
  const auto own = text_of(istio.spec()["namespace"]);
  const auto global = text_of(values["global"]["istioNamespace"]);
  if (own.is_known()) index.root_namespace = *own;
  if (global.is_known()) index.root_namespace = *global;
  if (const auto domain = text_of(values["global"]["proxy"]["clusterDomain"]); domain.is_known()) index.cluster_domain = *domain;
  add_mesh_config(index, istio, values["meshConfig"]);
}

bool installs_mesh(const ChartUse& use) {
  const std::string_view chart = use.chart.str();
  return chart == "istiod" || chart == "istio-discovery";
}

}  // namespace

void read_installed_mesh(Index& index) {
  for (Kind kind : {Kind::application, Kind::helm_release}) {
    for (const Resource* install : index.by_kind[static_cast<std::size_t>(kind)]) {
      if (install->opaque) continue;
      for (const ChartUse& use : charts_of(*install)) {
        if (installs_mesh(use)) read_istiod(index, *install, use);
      }
    }
  }
  for (const Resource* istio : index.by_kind[static_cast<std::size_t>(Kind::istio)]) {
    if (!istio->opaque) read_sail(index, *istio);
  }
}

}  // namespace hop
