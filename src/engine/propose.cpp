#include "engine/propose.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/paths.h"
#include "model/chart.h"
#include "model/k8s/views.h"
#include "text/format.h"
#include "text/version.h"
#include "text/words.h"

namespace hop {
namespace {

// --- versions

/// An image whose tag is the version of a component. Sources: the registries and manifests of each project.
struct VersionImage {
  std::string_view name;
  Component component;
};
constexpr VersionImage images[] = {
    {"pilot", Component::istio},
    {"proxyv2", Component::istio},
    {"ztunnel", Component::istio},
    {"install-cni", Component::istio},
    {"kube-apiserver", Component::kubernetes},
    {"kube-proxy", Component::kubernetes},
    {"kube-scheduler", Component::kubernetes},
    {"kube-controller-manager", Component::kubernetes},
    {"aws-load-balancer-controller", Component::controller},
};

/// A chart whose version goes with that of a component. The controller's chart 1.x.y installs its release 2.x.y.
struct VersionChart {
  std::string_view name;
  Component component;
  std::uint16_t major_offset = 0;
};
constexpr VersionChart charts[] = {{"istiod", Component::istio},          {"base", Component::istio},
                                   {"istio-discovery", Component::istio}, {"gateway", Component::istio},
                                   {"ztunnel", Component::istio},         {"aws-load-balancer-controller", Component::controller, 1}};

/// A field that holds a version. Sources: eksctl.io, cluster-api.sigs.k8s.io, kind.sigs.k8s.io, aws-controllers-k8s.github.io.
struct VersionField {
  std::string_view group, kind;
  std::string_view path;  ///< keys with dots between
  Component component;
};
constexpr VersionField fields[] = {
    {"install.istio.io", "IstioOperator", "spec.tag", Component::istio},
    {"sailoperator.io", "Istio", "spec.version", Component::istio},
    {"eksctl.io", "ClusterConfig", "metadata.version", Component::kubernetes},
    {"controlplane.cluster.x-k8s.io", "KubeadmControlPlane", "spec.version", Component::kubernetes},
    {"controlplane.cluster.x-k8s.io", "AWSManagedControlPlane", "spec.version", Component::kubernetes},
    {"eks.services.k8s.aws", "Cluster", "spec.version", Component::kubernetes},
};

class VersionFinder {
 public:
  explicit VersionFinder(const Graph& graph) : graph_(graph) {}

  std::vector<Proposal::FoundVersion> find() {
    for (const Resource& resource : graph_.resources()) {
      if (!resource.linted()) continue;
      for (const VersionField& field : fields) {
        if (resource.kind_name == field.kind && group_of(resource.api_version) == field.group)
          take(resource, field.component, follow(resource.root, field.path).str(), format("`{}` of {}", field.path, title(resource)));
      }
      for (const ChartUse& use : charts_of(resource)) take_chart(resource, use);
    }
    for (const Workload& workload : graph_.workloads()) {
      if (workload->linted()) take_images(workload);
    }
    std::vector<Proposal::FoundVersion> list;
    for (auto& [component, found] : found_) list.push_back(std::move(found.second));
    return list;
  }

 private:
  static yaml::Node follow(yaml::Node node, std::string_view path) {
    for (const std::string_view key : split_list(path, '.')) node = node[key];
    return node;
  }

  void take_chart(const Resource& resource, const ChartUse& use) {
    for (const VersionChart& chart : charts) {
      if (use.chart.str() != chart.name) continue;
      for (const char* path : {"spec.chart.spec.version", "spec.source.targetRevision"})
        take(resource, chart.component, follow(resource.root, path).str(), format("chart `{}` of {}", chart.name, title(resource)),
             chart.major_offset);
    }
  }

  void take_images(const Workload& workload) {
    for (const char* list : {"initContainers", "containers"}) {
      for (yaml::Node container : workload.pod_spec()[list].items()) {
        const std::string_view image = container["image"].str();
        const std::string_view last = image.substr(image.rfind('/') == std::string_view::npos ? 0 : image.rfind('/') + 1);
        const std::size_t colon = last.find(':');
        if (colon == std::string_view::npos) continue;
        for (const VersionImage& known : images) {
          if (last.substr(0, colon) != known.name) continue;
          take(*workload, known.component, last.substr(colon + 1), format("image `{}` of {}", last, title(*workload)));
        }
      }
    }
  }

  void take(const Resource& resource, Component component, std::string_view text, std::string reason, std::uint16_t major_offset = 0) {
    auto version = parse_version(text);
    if (!version) return;
    version->major = static_cast<std::uint16_t>(version->major + major_offset);
    const auto at = found_.find(component);
    if (at != found_.end() && at->second.first <= *version) return;
    const std::string_view path = graph_.sources()[resource.root.document()->file()].path();
    found_[component] = {*version, {component, format("{}.{}", version->major, version->minor), format("{}, {}", reason, path)}};
  }

  const Graph& graph_;
  std::map<Component, std::pair<Version, Proposal::FoundVersion>> found_;
};

// --- clusters

/// Folders side by side that define the same objects: most likely each is one cluster.
class ClusterFinder {
 public:
  ClusterFinder(const Graph& graph, std::string_view folder) : graph_(graph), folder_(folder) {}

  void find(Proposal& proposal) {
    each([&](const Identity& identity, std::string_view path) { vote(identity, path); });
    const auto most = std::ranges::max_element(votes_, {}, [](const auto& one) { return one.second; });
    if (most == votes_.end() || most->second < 2) return;
    const std::vector<std::string> children = alike(most->first);
    if (children.size() < 2) return;
    const std::string parent = most->first.empty() ? "" : most->first + "/";
    for (const std::string& child : children) proposal.clusters.push_back({child, format("{}{}/", parent, child)});
    proposal.cluster_reason = format("{} objects are defined in several of these folders", most->second);
  }

 private:
  using Identity = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;

  template <class Use>
  void each(Use use) const {
    for (const Resource& resource : graph_.resources()) {
      if (!resource.linted() || resource.variant != 0 || resource.name.empty()) continue;
      const std::string_view path = graph_.sources()[resource.root.document()->file()].path();
      if (const auto below = path_below(folder_, path))
        use(Identity{group_of(resource.api_version), resource.kind_name, resource.ns, resource.name}, *below);
    }
  }

  /// Compared with the first place of the same object: where their paths part, two folders stand side by side.
  void vote(const Identity& identity, std::string_view path) {
    const auto [at, fresh] = first_.try_emplace(identity, path);
    if (fresh) return;
    const auto a = split_list(at->second, '/');
    const auto b = split_list(path, '/');
    std::string parent;
    for (std::size_t i = 0; i + 1 < std::min(a.size(), b.size()); ++i) {
      if (a[i] != b[i]) {
        votes_[parent] += counted_.insert(identity).second ? 1 : 0;
        return;
      }
      parent += (parent.empty() ? "" : "/") + std::string(a[i]);
    }
  }

  /// The folders right below `parent` of whose objects at least half are defined in another of them too: the rest is no copy of anything.
  std::vector<std::string> alike(const std::string& parent) const {
    std::map<Identity, std::set<std::string>> owners;
    each([&](const Identity& identity, std::string_view path) {
      const auto below = parent.empty() ? std::optional(path) : path_below(parent, path);
      const std::size_t slash = below ? below->find('/') : std::string_view::npos;
      if (slash != std::string_view::npos) owners[identity].emplace(below->substr(0, slash));
    });
    std::map<std::string, std::pair<std::size_t, std::size_t>> counts;  // all, and those that another has
    for (const auto& [identity, folders] : owners) {
      for (const std::string& folder : folders) {
        ++counts[folder].first;
        counts[folder].second += folders.size() > 1 ? 1 : 0;
      }
    }
    std::vector<std::string> folders;
    for (const auto& [folder, count] : counts) {
      if (count.second > 0 && count.second * 2 >= count.first) folders.push_back(folder);
    }
    return folders;
  }

  const Graph& graph_;
  std::string_view folder_;
  std::map<Identity, std::string_view> first_;
  std::set<Identity> counted_;
  std::map<std::string, std::size_t> votes_;  ///< objects by the folder that holds the folders they are in
};

std::string place_of(const Graph& graph, Span place) {
  const File& file = graph.sources()[place.file];
  return format("{}:{}", file.path(), file.position(place.begin).line);
}

}  // namespace

Proposal propose(const Graph& graph, std::string_view folder) {
  Proposal proposal;
  ClusterFinder(graph, folder).find(proposal);
  proposal.versions = VersionFinder(graph).find();
  for (const OutsideName& name : outside_names(graph)) {
    const std::string others = name.times > 1 ? format(" and {} more", name.times - 1) : "";
    proposal.known.push_back({name.known, format("{}{}", place_of(graph, name.first), others)});
  }
  for (const MeshConfig& mesh : graph.mesh_configs()) {
    if (const auto domain = text_of(mesh.node["trustDomain"]); domain.is_known()) proposal.trust_domain = *domain;
  }
  if (graph.root_namespace() != "istio-system") proposal.root_namespace = graph.root_namespace();
  if (graph.cluster_domain() != "cluster.local") proposal.cluster_domain = graph.cluster_domain();
  return proposal;
}

}  // namespace hop
