// Pods whose sidecar is not the one that the injector would put in.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "graph/injector.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

using ProxyConfigs = std::unordered_map<std::string_view, std::vector<const Resource*>>;

ProxyConfigs proxy_configs(const Graph& graph) {
  ProxyConfigs by_namespace;
  for (const Resource* config : graph.of(Kind::proxy_config)) by_namespace[config->ns].push_back(config);
  return by_namespace;
}

/// What the injector would take: hub/image:tag unless the image is a whole reference.
std::string injected_image(const Injector& injector) {
  const yaml::Node global = injector.values->root()["global"];
  const auto image = text_of(global["proxy"]["image"]);
  if (!image.is_known()) return "";
  if ((*image).find('/') != std::string_view::npos) return std::string(*image);
  const auto hub = text_of(global["hub"]);
  const auto tag = text_of(global["tag"]);
  return hub.is_known() && tag.is_known() ? format("{}/{}:{}", *hub, *image, *tag) : "";
}

void take(std::string& variant, yaml::Node image) {
  if (const auto type = text_of(image["imageType"]); type.is_known()) variant = *type == "default" ? "" : std::string(*type);
}

/// The variant of the image that the mesh, ProxyConfigs and annotations ask for; the last word counts.
std::string variant_for(const Graph& graph, const ProxyConfigs& configs, const Workload& workload) {
  std::string variant;
  for (const yaml::Node image : graph.mesh_settings(*workload, "defaultConfig.image")) take(variant, image);
  const auto apply = [&](std::string_view ns, bool selecting) {
    const auto found = configs.find(ns);
    if (found == configs.end()) return;
    for (const Resource* config : found->second) {
      const yaml::Node selector = (*config)["spec"]["selector"]["matchLabels"];
      const bool applies =
          graph.sees(*workload, *config) && (selector.size() > 0) == selecting && matches(selector, workload.labels()) == Truth::yes;
      if (applies) take(variant, (*config)["spec"]["image"]);
    }
  };
  apply(graph.root_namespace(), false);
  apply(workload->ns, false);
  apply(workload->ns, true);
  if (const yaml::Node annotation = workload.pod_annotation("proxy.istio.io/config")) take(variant, annotation.inner()->root()["image"]);
  if (const auto type = text_of(workload.pod_annotation("sidecar.istio.io/proxyImageType")); type.is_known())
    variant = *type == "default" ? "" : std::string(*type);
  return variant;
}

/// The sidecar's image where one is written that injection will not replace.
yaml::Node proxy_image(const Workload& workload) {
  const auto image = text_of(workload.proxy()["image"]);
  return image.is_known() && *image != "auto" ? image.node() : yaml::Node{};
}

struct Differing {
  const Resource* ns;
  std::string expected;
  std::vector<yaml::Node> images;
};

void report_namespace(const Differing& differing, Report& report) {
  constexpr std::size_t shown = 5;
  const std::string message =
      format("{} of namespace `{}` differ from the injector's sidecar image",
             differing.images.size() == 1 ? std::string("pods") : format("{} workloads", differing.images.size()), differing.ns->name);
  Finding finding = report.at(*differing.ns, differing.ns->name_node(), message);
  finding.alias("IST0158");
  for (std::size_t i = 0; i < std::min(shown, differing.images.size()); ++i)
    finding.note(differing.images[i], format("the injector has `{}`", differing.expected));
}

void check(const Graph& graph, Report& report) {
  const std::vector<Injector> all = injectors(graph);
  if (all.empty()) return;
  const ProxyConfigs configs = proxy_configs(graph);
  std::map<std::uint32_t, Differing> found;
  for (const Workload& workload : graph.workloads()) {
    const yaml::Node image = proxy_image(workload);
    if (!image || !workload->linted() || workload->ns.empty() || workload.pod_annotation("sidecar.istio.io/proxyImage")) continue;
    const Lookup ns = graph.find(*workload, Kind::namespace_, "", workload->ns);
    if (!ns.found() || !ns.target->linted()) continue;
    const std::string_view revision = revision_of(*ns.target);
    const Injector* injector = revision.empty() ? nullptr : find_injector(graph, all, *ns.target, revision);
    const std::string plain = injector == nullptr ? "" : injected_image(*injector);
    if (plain.empty()) continue;
    const std::string variant = variant_for(graph, configs, workload);
    const std::string expected = variant.empty() ? plain : plain + "-" + variant;
    if (image.str() == plain || image.str() == expected) continue;
    Differing& differing = found.try_emplace(ns.target->id, Differing{ns.target, expected, {}}).first->second;
    differing.images.push_back(image);
  }
  for (const auto& [id, differing] : found) report_namespace(differing, report);
}

}  // namespace

extern constinit const Rule namespace_proxy_image_differs = {
    .info =
        {.id = "namespace-proxy-image-differs",
         .summary = "sidecars of a namespace run another image than its injector puts in",
         .docs =
             "Sidecars written into manifests, as `istioctl kube-inject` does, stay as they are when Istio is upgraded. Their image is "
             "compared with the one in the ConfigMap `istio-sidecar-injector` of the namespace's revision; variants such as "
             "`distroless` from MeshConfig, ProxyConfig and annotations are followed.\n\nSilent where no injector is among the manifests.",
         .effect =
             "old sidecars keep running beside a new control plane: fixed vulnerabilities stay, and past two releases they may not work",
         .source = "https://istio.io/latest/docs/reference/config/analysis/ist0158/",
         .severity = Severity::warning,
         .group = Group::reliability,
         .aliases = {"IST0158"}},
    .reads = {Kind::namespace_, Kind::config_map, Kind::proxy_config, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
