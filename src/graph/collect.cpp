// Documents to resources: identities, lists unrolled, clusters, overlays, and what is declared as known.

#include <algorithm>
#include <map>
#include <unordered_set>

#include "graph/index.h"
#include "graph/kustomize.h"
#include "model/mistakes.h"
#include "text/pattern.h"
#include "yaml/builder.h"

namespace hop {
namespace {

/// A List holds objects, also other lists; deeper ones than this are not real.
constexpr unsigned list_depth = 16;

std::string_view known_or_empty(const Value<std::string_view>& value) { return value.is_known() ? *value : std::string_view{}; }

/// `kind: List` and typed lists: `DeploymentList` with `items` and without a name of its own.
bool is_list(yaml::Node root) { return root["kind"].str().ends_with("List") && root["items"].is_sequence() && !root["metadata"]["name"]; }

class ClusterMap {
 public:
  ClusterMap(const World& world, Index& index) {
    for (const World::Cluster& cluster : world.clusters) {
      Globs globs;
      for (const std::string& path : cluster.paths) globs.add(path);
      clusters_.push_back(std::move(globs));
      index.cluster_names.push_back(cluster.name);
    }
  }
  std::uint16_t of(std::string_view path) const {
    for (std::size_t i = 0; i < clusters_.size(); ++i) {
      if (clusters_[i].covers(path)) return static_cast<std::uint16_t>(i + 1);
    }
    return 0;
  }

 private:
  std::vector<Globs> clusters_;
};

/// What the overlays above a file do to its names.
void apply_transformers(const KustomizeRoot& root, Index& index, Resource& resource) {
  if (root.renames) resource.name_known = false;
  resource.patched = root.patches;
  if (resource.cluster_scoped()) return;
  const std::set<std::string_view>& namespaces = *root.namespaces;
  if (namespaces.size() > 1) {
    resource.ns_known = false;
  } else if (namespaces.size() == 1 && !namespaces.begin()->empty()) {
    resource.ns = index.strings->keep(std::string(*namespaces.begin()));
    resource.ns_known = !yaml::is_placeholder(resource.ns);
  }
}

class Collector {
 public:
  Collector(Input& input, Index& index, const Index* before, const std::set<FileId>& changed)
      : input_(input), index_(index), before_(before), changed_(changed), kustomizations_(input), clusters_(input.world, index) {}

  void run() {
    index_.of_file.resize(input_.files.size());
    for (std::size_t at = 0; at < input_.files.size(); ++at) {
      const ReadFile& file = input_.files[at];
      if (file.known) continue;
      const auto first = static_cast<std::uint32_t>(index_.resources.size());
      before_ != nullptr && !changed_.contains(file.file) ? take_over(at) : add_file(file, Origin::manifest, clusters_.of(file.path));
      index_.of_file[at] = {first, static_cast<std::uint32_t>(index_.resources.size()) - first};
    }
    add_generated();
    add_makers();
    separate_overlays();
    const bool declares = !input_.world.known.empty() ||
                          std::any_of(input_.files.begin(), input_.files.end(), [](const ReadFile& file) { return file.known; });
    if (!declares) return;
    remember_identities();
    for (const ReadFile& file : input_.files) {
      if (file.known) add_file(file, Origin::known, every_cluster);
    }
    for (const KnownName& known : input_.world.known) add_known_name(known);
  }

 private:
  /// The resources of a file as they were: what other files decide about names and namespaces is as it was.
  void take_over(std::size_t at) {
    const KustomizeRoot* root = kustomizations_.root_of(input_.files[at].path);
    const auto [first, count] = before_->of_file[at];
    for (std::uint32_t id = first; id < first + count; ++id) {
      Resource& resource = index_.resources.emplace_back(before_->resources[id]);
      resource.id = static_cast<std::uint32_t>(index_.resources.size()) - 1;
      resource.variant = 0;  // is told anew
      if (root != nullptr && resource.linted()) roots_.emplace(resource.id, root);
      index_.identities.resize(resource.id);
      index_.identities.push_back(before_->identities[id]);
    }
  }

  void add_file(const ReadFile& file, Origin origin, std::uint16_t cluster) {
    const KustomizeRoot* root = kustomizations_.root_of(file.path);
    for (const ReadDocument& document : file.documents) {
      const yaml::Node node = document.document->root();
      if (document.is == DocumentClass::broken && origin == Origin::manifest) add_broken(node, cluster, root, list_depth);
      if (document.is != DocumentClass::resource) continue;
      if (Resource* resource = add_document(node, origin, cluster, root, list_depth); resource != nullptr && origin == Origin::manifest) {
        resource->mistakes = document.looked_at ? document.mistakes : find_mistakes(*resource);
      }
    }
  }

  /// The resource that the node is; null for a List, whose items are told of their mistakes here, and for what is none.
  Resource* add_document(yaml::Node node, Origin origin, std::uint16_t cluster, const KustomizeRoot* root, unsigned depth) {
    if (is_list(node) && depth > 0) {
      for (yaml::Node item : node["items"].items()) {
        Resource* resource = add_document(item, origin, cluster, root, depth - 1);
        if (resource != nullptr && origin == Origin::manifest) resource->mistakes = find_mistakes(*resource);
      }
      return nullptr;
    }
    if (origin == Origin::known && exists(node)) return nullptr;
    Resource* resource = add_resource(index_, node, origin, cluster);
    if (resource == nullptr) return nullptr;
    if (origin == Origin::known) resource->opaque = says_existence_only(*resource);
    if (input_.world.complete && resource->ns.empty() && !resource->cluster_scoped()) resource->ns = "default";
    if (root != nullptr) {
      apply_transformers(*root, index_, *resource);
      roots_.emplace(resource->id, root);
    }
    return resource;
  }

  /// What is left of a document that does not parse says that its object exists. Real ones do not make it give way: it may be another
  /// copy of theirs, which they then are not alone.
  void add_broken(yaml::Node node, std::uint16_t cluster, const KustomizeRoot* root, unsigned depth) {
    if (is_list(node) && depth > 0) {
      for (yaml::Node item : node["items"].items()) add_broken(item, cluster, root, depth - 1);
    } else if (!node["apiVersion"].str().empty() && !node["kind"].str().empty()) {
      Resource* resource = add_resource(index_, node, Origin::known, cluster);
      if (resource == nullptr) return;
      if (root != nullptr) apply_transformers(*root, index_, *resource);
      resource->opaque = resource->patched = true;
    }
  }

  /// ConfigMaps and Secrets that generators make: their names get a hash, and references to them with it, so existence is all we know.
  void add_generated() {
    for (const KustomizeRoot& root : kustomizations_.roots()) {
      const std::uint16_t cluster = clusters_.of(root.file->path);
      for (const auto& [list, kind] : {std::pair{"configMapGenerator", Kind::config_map}, {"secretGenerator", Kind::secret}}) {
        for (yaml::Node item : root.node[list].items()) {
          const yaml::Node ns = item["namespace"] ? item["namespace"] : root.node["namespace"];
          if (!item["name"].str().empty()) add_stub(info(kind).name, ns.str(), item["name"].str(), item["name"].span(), cluster);
        }
      }
    }
  }

  /// What skipped templates and unknown bases may bring.
  void add_makers() {
    for (const ReadFile& file : input_.files) {
      for (const TemplateObject& object : file.templates) index_.makers.add(clusters_.of(file.path), object);
    }
    for (const KustomizeRoot& root : kustomizations_.roots()) {
      if (root.open) index_.makers.add(clusters_.of(root.file->path), root);
    }
  }

  void add_known_name(const KnownName& known) {
    const Kind kind = find_kind_by_name(known.kind);
    if (kind == Kind::other) return;
    if (known_.contains(identity_key(0, kind, known.ns, known.name))) return;
    add_stub(known.kind, known.ns, known.name, Span{}, every_cluster);  // stands in no file
  }

  void add_stub(std::string_view kind_name, std::string_view ns, std::string_view name, Span place, std::uint16_t cluster) {
    const Kind kind = find_kind_by_name(kind_name);
    const std::string group(info(kind).groups[0]);
    yaml::Builder builder;
    builder.begin_mapping(place);
    builder.key("apiVersion", place);
    builder.scalar(group.empty() ? "v1" : group + "/v1", place);
    builder.key("kind", place);
    builder.scalar(info(kind).name, place);
    builder.key("metadata", place);
    builder.begin_mapping(place);
    if (!ns.empty()) {
      builder.key("namespace", place);
      builder.scalar(ns, place);
    }
    builder.key("name", place);
    builder.scalar(name, place);
    builder.end();
    builder.end();
    index_.documents.push_back(builder.finish());
    if (Resource* stub = add_resource(index_, index_.documents.back()->root(), Origin::known, cluster)) stub->opaque = true;
  }

  /// A declared object with nothing but its metadata, of a kind that has more to it.
  static bool says_existence_only(const Resource& resource) {
    if (resource.kind == Kind::namespace_ || resource.kind == Kind::service_account) return false;
    for (const yaml::Entry& entry : resource.root.entries()) {
      const std::string_view key = entry.key.str();
      if (key != "apiVersion" && key != "kind" && key != "metadata") return false;
    }
    return true;
  }

  bool exists(yaml::Node node) const {
    const Kind kind = find_kind(node["apiVersion"].str(), node["kind"].str());
    return known_.contains(identity_key(0, kind, node["metadata"]["namespace"].str(), node["metadata"]["name"].str()));
  }

  /// Declared things give way to real ones: what the manifests define, whatever the cluster.
  void remember_identities() {
    for (const Resource& resource : index_.resources) known_.insert(identity_key(0, resource.kind, resource.ns, resource.name));
  }

  /// Two roots that define the same object and do not include each other are rivals; so is what only they include.
  void separate_overlays() {
    std::map<std::tuple<std::uint16_t, std::string_view, std::string_view, std::string_view, std::string_view>, std::vector<std::uint32_t>>
        owners;
    for (const auto& [id, root] : roots_) {
      const Resource& resource = index_.resources[id];
      owners[{resource.cluster, group_of(resource.api_version), resource.kind_name, resource.ns, resource.name}].push_back(
          kustomizations_.id(*root));
    }
    std::unordered_set<std::uint32_t> rivals;
    for (const auto& [identity, roots] : owners) {
      for (std::size_t i = 1; i < roots.size(); ++i) {  // against the first is enough: whoever differs from it is a rival of it
        const KustomizeRoot& first = kustomizations_.roots()[roots[0]];
        const KustomizeRoot& other = kustomizations_.roots()[roots[i]];
        if (roots[i] != roots[0] && !kustomizations_.related(first, other)) rivals.insert({roots[0], roots[i]});
      }
    }
    if (rivals.empty()) return;
    std::vector<std::optional<Rival>> rival_of(kustomizations_.roots().size());
    for (const auto& [id, root] : roots_) {
      if (const Rival rival = find_rival(*root, rivals, rival_of))
        index_.resources[id].variant = static_cast<std::uint16_t>(*rival % 0xfffeU + 1);
    }
  }

  using Rival = std::optional<std::uint32_t>;

  /// The rival a root belongs to: itself, or the only rival above it. `known` has the answers so far, by id.
  Rival find_rival(const KustomizeRoot& root, const std::unordered_set<std::uint32_t>& rivals,
                   std::vector<std::optional<Rival>>& known) const {
    std::vector<std::uint32_t> way;
    std::uint32_t at = kustomizations_.id(root);
    while (!known[at]) {
      const Rival own = rivals.contains(at) ? Rival(at) : Rival();
      known[at] = own;  // for now, should the way be a circle
      way.push_back(at);
      const std::vector<std::uint32_t>& parents = kustomizations_.roots()[at].parents;
      if (own || parents.size() != 1) break;
      at = parents[0];
    }
    const Rival found = known[at].value_or(Rival());
    for (const std::uint32_t passed : way) known[passed] = found;
    return found;
  }

  Input& input_;
  Index& index_;
  const Index* before_;
  const std::set<FileId>& changed_;
  Kustomizations kustomizations_;
  ClusterMap clusters_;
  std::map<std::uint32_t, const KustomizeRoot*> roots_;  ///< by resource id
  std::unordered_set<std::uint64_t> known_;
};

}  // namespace

Resource* add_resource(Index& index, yaml::Node root, Origin origin, std::uint16_t cluster) {
  const auto api_version = text_of(root["apiVersion"]);
  const auto kind_name = text_of(root["kind"]);
  if (!api_version.is_known() || !kind_name.is_known()) return nullptr;
  Resource resource;
  resource.kind = find_kind(*api_version, *kind_name);
  resource.origin = origin;
  resource.cluster = cluster;
  resource.api_version = *api_version;
  resource.kind_name = *kind_name;
  resource.read(root);
  const auto ns = text_of(root["metadata"]["namespace"]);
  const auto name = text_of(root["metadata"]["name"]);
  if (!resource.cluster_scoped()) {
    resource.ns = known_or_empty(ns);
    resource.ns_known = !ns.is_unknown();
  }
  resource.name = known_or_empty(name);
  resource.name_known = name.is_known();
  resource.id = static_cast<std::uint32_t>(index.resources.size());
  index.resources.push_back(resource);
  return &index.resources.back();
}

void collect_resources(Input& input, Index& index, const Index* before, const std::set<FileId>& changed) {
  Collector(input, index, before, changed).run();
}

}  // namespace hop
