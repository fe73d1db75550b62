#pragma once
// What a Graph handle points at: the resources of a run and every index over them. For graph/ only; constant once built.

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/annotated.h"
#include "graph/answers.h"
#include "graph/copies.h"
#include "graph/entry.h"
#include "graph/graph.h"
#include "graph/hash_index.h"
#include "graph/input.h"
#include "graph/lookup.h"
#include "graph/makers.h"
#include "graph/mesh.h"
#include "graph/near_index.h"
#include "graph/port_protocol.h"
#include "graph/reads.h"
#include "graph/routing.h"
#include "graph/target_port.h"
#include "model/k8s/views.h"
#include "text/words.h"

namespace hop {

/// Seen from every cluster: what is declared as known.
inline constexpr std::uint16_t every_cluster = 0xffff;

/// The resources of a kind in a namespace, with their spelling neighbours, which are built on first use: most are never asked for.
struct NamesOfNamespace {
  std::vector<std::uint32_t> resources;  ///< ids
  mutable std::once_flag near_once;
  mutable std::vector<std::string> spelled;  ///< what `near` points at, by position in `resources`
  mutable NearNames near;
};

/// Resources by how they are called, as ids: graphs share it that have the same names in the same places.
struct Names {
  // Identity: kind, namespace and name; kind and name; kind and namespace.
  NearIndex<std::uint32_t> by_identity;
  NearIndex<std::uint32_t> by_name;
  std::unordered_map<std::uint64_t, NamesOfNamespace> by_namespace;
  /// Evidence that a namespace's resources of a kind are among the manifests: namespace_key, and for an unset namespace also the folder.
  std::unordered_set<std::uint64_t> evidence;
  KindSet uncertain_kinds;                 ///< of those in `uncertain`
  NearIndex<std::uint32_t> uncertain;      ///< name or namespace not known: by what of them is (uncertain_keys)
  std::set<std::size_t> fragment_lengths;  ///< of the names among them that are parts of one
  std::vector<std::uint32_t> repeated;     ///< sorted: those whose identity another has, too, and those of other kinds
  bool has_known = false;                  ///< something is declared as known: seen from every cluster
  bool has_copies = false;                 ///< some object has more copies than are told apart
  bool has_crowds = false;                 ///< some object has very many copies, or there are very many variants
};

/// Workloads that no selector tells apart, as positions in Index::workloads: of one place, with the same labels.
struct AlikePods {
  std::vector<std::vector<std::uint32_t>> groups;  ///< in the order of their first ones
  HashIndex<std::uint32_t> by_label;               ///< positions of groups, by the keys of PodLabels::by_label
};

/// Workloads by their labels, as positions in Index::workloads: graphs share it that share their Names, too, and whose workloads are the
/// same.
struct PodLabels {
  // Per namespace and anywhere.
  NearIndex<std::uint32_t> by_label;  ///< also with `unknown_value`
  HashIndex<std::uint32_t> by_namespace;
  Once<AlikePods> alike;               ///< asked for where very many workloads have a label
  std::vector<std::uint32_t> unknown;  ///< which labels they have is not known
  bool has_open = false;               ///< a workload leaves its namespace open
  bool has_unknown = false;            ///< a workload's namespace is not known: filed under `unknown_value`
};

/// Texts that stay where they are, each once. Graphs that follow each other share one: what one took over points at the same text.
class Strings {
 public:
  std::string_view keep(std::string text) { return *texts_.insert(std::move(text)).first; }

 private:
  std::unordered_set<std::string> texts_;
};

/// What the work on each resource looked into, if somebody wants to know.
class KeptReads {
 public:
  /// Of so many resources; nothing is kept before.
  void open(std::size_t resources) { of_.resize(resources); }
  bool is_open() const { return !of_.empty(); }
  void keep(const Resource& resource, std::span<const Cell> cells) {
    of_[resource.id] = {static_cast<std::uint32_t>(cells_.size()), static_cast<std::uint32_t>(cells.size())};
    cells_.insert(cells_.end(), cells.begin(), cells.end());
  }
  std::span<const Cell> of(const Resource& resource) const {
    if (resource.id >= of_.size()) return {};
    return std::span(cells_).subspan(of_[resource.id].first, of_[resource.id].second);
  }

 private:
  std::vector<std::pair<std::uint32_t, std::uint32_t>> of_;  ///< by resource id: begin and count
  std::vector<Cell> cells_;
};

/// What a selector selects.
struct Selected {
  Graph::Selection own;
  const Graph::Selection* shared = nullptr;  ///< instead, where others may select the same very many
  const Graph::Selection& selection() const { return shared != nullptr ? *shared : own; }
};

/// Hosts of all Services and ServiceEntries, gathered when somebody first asks: most runs have no wildcard to look up.
struct WrittenHosts {
  mutable std::once_flag once;
  mutable HostSet hosts;
  mutable bool unknown = false;
};

/// Something about the few resources that have it.
template <class T>
class ByResource {
 public:
  /// For so many resources.
  void open(std::size_t resources) { at_.resize(resources, none); }
  /// That of a resource, made if it has none. Valid until the next is made.
  T& make(const Resource& resource) {
    std::uint32_t& at = at_[resource.id];
    if (at == none) {
      at = static_cast<std::uint32_t>(values_.size());
      values_.emplace_back();
    }
    return values_[at];
  }
  /// That of a resource, or an empty one.
  const T& of(const Resource& resource) const {
    static const T empty{};
    const std::uint32_t at = at_[resource.id];
    return at == none ? empty : values_[at];
  }

 private:
  static constexpr std::uint32_t none = 0xffffffffU;
  std::vector<std::uint32_t> at_;  ///< by resource id: position of its value
  std::vector<T> values_;
};

class Earlier;  // graph/earlier.h

struct Index {
  bool keeps_reads = false;                                        ///< somebody will ask what is looked into
  std::deque<Resource> resources;                                  ///< stable addresses; manifests first, then known, then implied
  std::vector<std::pair<std::uint32_t, std::uint32_t>> of_file;    ///< by position in Input::files: id of the first resource, and how many
  std::vector<std::uint64_t> identities;                           ///< by resource id: identity_key; 0 for other kinds
  std::vector<std::shared_ptr<const yaml::Document>> documents;    ///< known, implied and inner ones
  std::shared_ptr<Strings> strings = std::make_shared<Strings>();  ///< text that resources point at and that stands in no document
  std::vector<std::string> cluster_names = {""};
  std::array<std::vector<const Resource*>, static_cast<std::size_t>(Kind::count_)> by_kind;
  std::vector<Workload> workloads;

  std::shared_ptr<const Names> names;           ///< never null once indexed
  std::shared_ptr<const PodLabels> pod_labels;  ///< never null once indexed
  Makers makers;

  ByResource<Injection> injections;
  ByResource<Graph::Selection> pods_of_service;
  ByResource<std::vector<Service>> services_of_workload;
  bool keeps_few_pods = false;  ///< there are too many Services and workloads to keep all of each
  std::vector<GuessedPort> guessed_ports;
  std::vector<UndeclaredPort> undeclared_ports;

  NearIndex<const Resource*> gateways_by_selector;      ///< per first pair of the selector
  std::unordered_set<std::string_view> gateway_labels;  ///< keys of all pairs of their selectors
  SharedAnswers<Selected> selections;                   ///< by what is selected, and from where
  Answers<Graph::Selection> alike_selections;           ///< by the groups of workloads
  Answers<PodPorts> pod_ports;                          ///< by the selection
  SharedAnswers<GatewaySet> gateway_sets;               ///< by those labels of pods that Gateways select by, and from where
  Answers<GatewaySet> joined_gateways;                  ///< by the sets that are joined
  NearIndex<const Resource*> service_entries_by_host;
  NearIndex<const Resource*> service_entries_told_to;  ///< by host and namespace they are exported to; "*" for all
  HashIndex<const Resource*> policies_by_namespace;    ///< PeerAuthentication
  HashIndex<const Resource*> policies_for_all;         ///< the same, those without a selector
  NearIndex<const Resource*> secrets;                  ///< what provides a Secret, by the Secret's name, and by namespace and name
  std::vector<const Resource*> uncertain_secrets;      ///< those whose name or namespace is not known

  std::vector<MeshConfig> mesh_configs;
  NearIndex<std::uint32_t> mesh_settings;  ///< positions of those that say something, by cluster and path
  std::string_view root_namespace = "istio-system";
  std::string_view cluster_domain = "cluster.local";
  bool mesh_configured = false;

  std::vector<Edge> edges;  ///< sorted by relation, then resource, then source order
  std::array<std::uint32_t, static_cast<std::size_t>(Relation::count_) + 1> edge_begin{};
  NumberIndex<const Edge*> edges_from, edges_to;  ///< by resource id
  KeptReads edge_reads;                           ///< what the edges of each resource looked into

  std::vector<Destination> destinations;          ///< in resource and source order
  std::vector<std::uint32_t> destinations_begin;  ///< by resource id, and one more

  std::vector<Controller> controllers;                               ///< by cluster
  std::unordered_map<std::uint32_t, BehindService> behind_services;  ///< by resource id: those an ALB sends to
  std::deque<GatewaySet> assumed_gateways;                           ///< for target groups that are `assumed`
  std::vector<TargetGroup> target_groups;                            ///< in the order of their Ingresses
  std::vector<IngressGroup> ingress_groups;                          ///< in the order of their first Ingresses
  std::vector<AlbAnnotated> alb_annotated;                           ///< Ingresses, then Services, in resource order

  std::unordered_map<std::uint32_t, GatewayRoutes> gateway_routes;  ///< by resource id: Gateways with a VirtualService
  std::vector<UnreachableHost> unreachable_hosts;
  NearIndex<const Resource*> destination_rules;  ///< by completed host
  SharedAnswers<HostRules> rules_of_host;        ///< by completed host, and from where
  bool has_crowded_hosts = false;                ///< hosts have so many DestinationRules that rules_of_host keeps them
  std::vector<Graph::HostRule> rules_by_host;
  WrittenHosts written_hosts;
  bool has_wide_rules = false;  ///< a DestinationRule's host is a wildcard
  bool has_open_rules = false;  ///< a DestinationRule leaves its namespace open
};

/// What near indices (graph/near_index.h) of resources are told apart by.
inline CopyOf copy_of(const Index& index, const Resource& resource) {
  return {index.identities[resource.id], resource.id, resource.variant};
}

/// Of Index::secrets; nullopt: of any namespace.
std::uint64_t secret_key(std::optional<std::string_view> ns, std::string_view name);
/// Of service_entries_told_to; of service_entries_by_host with "" for `ns`.
std::uint64_t told_key(std::uint16_t cluster, std::string_view host, std::string_view ns);
std::uint64_t identity_key(std::uint16_t cluster, Kind kind, std::string_view ns, std::string_view name);
std::uint64_t name_key(std::uint16_t cluster, Kind kind, std::string_view name);
std::uint64_t namespace_key(std::uint16_t cluster, Kind kind, std::string_view ns);
std::uint64_t label_key(std::uint16_t cluster, std::string_view ns, std::string_view key, std::string_view value);
/// Namespace part of a label_key that stands for all of them.
inline constexpr std::string_view any_namespace = "*";
/// Value part of a label_key of those whose label may have any, and its namespace part; no value is written so.
inline constexpr std::string_view unknown_value = "${}";

/// keep_near_copies(graph/copies.h) where there may be anything to leave out: whether there may.
template <class V>
bool keep_near(const Graph& graph, const Index& index, const Resource& from, std::vector<V>& views) {
  const auto has_crowd = [&](const V& view) { return index.names->by_identity.find(index.identities[view->id]).size() > most_copies; };
  if (!index.names->has_copies || std::ranges::none_of(views, has_crowd)) return false;
  keep_near_copies(graph.sources(), from, views);
  return true;
}

/// After the last was added, once the names are indexed.  index.cpp
void seal(const Index& index, NearIndex<const Resource*>& filed);

// Steps of build_graph, in this order. Each fills its part of the index and may read those before it.
// With `before`, not null, resources of files but for `changed` are taken over from the graph before, of the same files.
void collect_resources(Input& input, Index& index, const Index* before, const std::set<FileId>& changed);      // collect.cpp
void imply_resources(const Input& input, Index& index);                                                        // implied.cpp
void index_resources(const Input& input, Index& index, const Index* before, const std::set<FileId>& changed);  // index.cpp
void read_mesh(const Environment& environment, Index& index);                                                  // mesh.cpp
void find_told(const Graph& graph, Index& index);                                                              // lookup.cpp
// With `earlier`, not null, what holds of the graph before is taken over.
// The first two look at nothing that the other fills, and may run side by side.
void find_pods(const Graph& graph, Index& index, const Earlier* earlier);           // pods.cpp
void resolve_references(const Graph& graph, Index& index, const Earlier* earlier);  // references.cpp
void find_entries(const Graph& graph, Index& index);                                // entry.cpp
void find_routes(const Graph& graph, Index& index);                                 // routing.cpp
void find_annotated(const Graph& graph, Index& index);                              // annotated.cpp

/// Part of read_mesh: what charts and Sail's Istio give.
void read_installed_mesh(Index& index);  // mesh_install.cpp
/// One more MeshConfig; its rootNamespace counts.
void add_mesh_config(Index& index, const Resource& resource, yaml::Node node);  // mesh.cpp

/// Graph::select with labels, of the namespace alone, and no more workloads than `enough`.  select.cpp
Graph::Selection select_some(const Graph& graph, const Index& index, const Resource& from, yaml::Node labels, std::size_t enough);

/// Fills PodLabels::alike.  index.cpp
AlikePods find_alike(const Index& index);

/// Notes what a selector of a namespace looks into.  select.cpp
void note_pods(Reads& reads, std::string_view ns);

/// Whether every label of the pods is written out.  index.cpp
bool has_known_labels(const Workload& workload);

/// First step of find_entries.
void read_controllers(const Graph& graph, Index& index);  // controller.cpp

/// Calls `visit` with each key that Names::uncertain has for what may turn out to be called so, until it returns true; whether it did.
bool any_uncertain_key(const Names& names, std::uint16_t cluster, Kind kind, std::string_view ns, std::string_view name,
                       const std::function<bool(std::uint64_t)>& visit);

/// Key of Index::evidence. An unset namespace may be any, so there only the same folder speaks for completeness.
std::uint64_t evidence_key(const Input& input, const Resource& from, Kind kind, std::string_view ns);

/// A resource of this kind and namespace whose name is a slip away from `name`; nullptr if there is none.
const Resource* near_name(const Graph& graph, const Index& index, const Resource& from, Kind kind, std::string_view ns,
                          std::string_view name);

/// Whether a pod is in the mesh, read from the manifests: what Graph::injection keeps.
Injection injection_of(const Graph& graph, const Workload& workload);

/// Adds a resource whose identity is read from `root`; returns nullptr if it is none.
Resource* add_resource(Index& index, yaml::Node root, Origin origin, std::uint16_t cluster);

}  // namespace hop
