#pragma once
// The cross-referenced resources of a run. Built once (graph/build.h), then constant; every lookup is total.
// A Graph is a handle, copied freely; what it points at must outlive it.

#include <deque>
#include <memory>
#include <ranges>
#include <span>
#include <string_view>
#include <vector>

#include "graph/annotated.h"
#include "graph/entry.h"
#include "graph/gateway_set.h"
#include "graph/host_rules.h"
#include "graph/input.h"
#include "graph/lookup.h"
#include "graph/mesh.h"
#include "graph/routing.h"
#include "model/istio/views.h"
#include "model/k8s/views.h"
#include "model/resource.h"

namespace hop {

struct Index;           // graph/index.h, for graph/ only
struct SubsetRules;     // graph/subset_rules.h
struct GuessedPort;     // graph/port_protocol.h
struct UndeclaredPort;  // graph/target_port.h
class PodPorts;         // graph/target_port.h
class Reads;            // graph/reads.h

class Graph {
 public:
  Graph(const Input& input, std::shared_ptr<const Index> index) : input_(&input), index_(std::move(index)) {}
  /// The same graph, noting in `seen` every kind and facet that is looked at.
  Graph noting(KindSet& seen) const;
  /// The same, noting in `reads` every cell that is looked into (graph/reads.h). The graph must have been built to be read so.
  Graph noting(Reads& reads) const;

  /// Files and documents as read, broken ones too.
  const std::deque<ReadFile>& files() const;
  const Sources& sources() const { return input_->sources; }
  const World& world() const { return input_->world; }

  /// Every resource of a kind, in path and document order; known and implied ones too.
  std::span<const Resource* const> of(Kind kind) const;
  /// The same as views.
  template <class V>
  auto all() const {
    return of(V::kind) | std::views::transform([](const Resource* resource) { return V(*resource); });
  }
  /// Those of them that are linted: read from the manifests.
  template <class V>
  auto linted() const {
    return of(V::kind) | std::views::filter([](const Resource* resource) { return resource->linted(); }) |
           std::views::transform([](const Resource* resource) { return V(*resource); });
  }
  /// Every resource, also of kinds no rule looks into; in path and document order, then known and implied ones.
  const std::deque<Resource>& resources() const;
  /// Everything that makes pods.
  std::span<const Workload> workloads() const;

  /// Looks `kind ns/name` up as seen from `from`; `ns` "" means unset.
  Lookup find(const Resource& from, Kind kind, std::string_view ns, std::string_view name) const;
  /// Those that something else may be called as, in path and document order. Hashed: it may be called otherwise; of other kinds all.
  std::vector<const Resource*> maybe_repeated() const;
  /// A host of the mesh as Istio resolves it from `from`: Services, then ServiceEntries.
  Lookup find_host(const Resource& from, std::string_view host) const;
  /// Whether `b` is in the same cluster as `a` and not in a rival overlay.
  bool sees(const Resource& a, const Resource& b) const;
  /// Whether the two are in one namespace; unknown if one of them leaves it open.
  Truth same_namespace(const Resource& a, const Resource& b) const;
  /// Whether everything in this namespace is among the manifests.
  bool complete(std::string_view ns) const;

  /// References with their answers, in resource and source order.
  std::span<const Edge> edges(Relation relation) const;
  std::span<const Edge> edges() const;
  std::span<const Edge* const> from(const Resource& resource) const;
  std::span<const Edge* const> to(const Resource& resource) const;

  /// Workloads a selector matches. `ns` nullptr: in every namespace (Istio gateways). `unknown` is set where a workload might match, or
  /// where one could exist that is not among the manifests. All that select the same are given the same one.
  struct Selection {
    std::vector<Workload> workloads;
    bool unknown = false;
  };
  const Selection& select(const Resource& from, yaml::Node labels, bool any_namespace) const;
  /// Whether there are workloads in the manifests of this resource's namespace (of any namespace) that could have matched a selector:
  /// the evidence that one which matches nothing is wrong.
  bool has_workloads(const Resource& from, bool any_namespace) const;
  /// The manifests' workloads in this resource's namespace, the first 200 of them: for near misses.
  std::vector<Workload> workloads_in(const Resource& from) const;
  /// Workloads whose first container is Istio's proxy, implied ones too: what a Gateway's selector may have meant. At most 200.
  std::vector<Workload> workloads_like_gateways(const Resource& from) const;
  /// The workloads that a Service's selector matches; none for a Service without selector.
  const Selection& pods_of(const Service& service) const;
  /// Services in the workload's namespace whose selector matches it, in path and document order.
  std::span<const Service> services_of(const Workload& workload) const;
  std::span<const GuessedPort> guessed_ports() const;
  std::span<const UndeclaredPort> undeclared_ports() const;
  /// The ports of what select() found for `from` in its namespace.
  const PodPorts& pod_ports(const Resource& from, const Selection& pods) const;
  /// Istio Gateways whose selector matches the workload.
  const GatewaySet& gateways_of(const Workload& workload) const;
  /// Those whose selector matches pods of the Service, or must match pods that are not among the manifests: each pair of it is in the
  /// Service's own.
  const GatewaySet& gateways_behind(const Service& service) const;

  // Effective settings (graph/mesh.h).
  std::span<const MeshConfig> mesh_configs() const;
  /// What the first of them that `from` sees says in this field, or in one of `defaultConfig` as "defaultConfig.…"; absent where none does,
  /// and where it is null or an empty list.
  yaml::Node mesh_setting(const Resource& from, std::string_view path) const;
  /// The same of each that says something.
  std::vector<yaml::Node> mesh_settings(const Resource& from, std::string_view path) const;
  /// "istio-system" unless the mesh configuration says otherwise.
  std::string_view root_namespace() const;
  std::string_view cluster_domain() const;
  const Injection& injection(const Workload& workload) const;
  Injection injection(const Namespace& ns) const;
  EffectiveMtls mtls(const Workload& workload, std::optional<std::int64_t> port = std::nullopt) const;
  /// The same for any workload with these labels in the namespace of `from`: what a policy with this selector covers.
  EffectiveMtls mtls(const Resource& from, Labels labels) const;
  /// What holds for a workload of this namespace that no policy selects.
  EffectiveMtls mtls(const Namespace& ns) const;
  /// The same for the namespace that `resource` lives in.
  EffectiveMtls mtls_of_namespace(const Resource& resource) const;
  /// Whether rules about absence have something to stand on: the mesh's configuration or any PeerAuthentication is among the manifests.
  bool mesh_is_configured() const;

  // Entry (graph/entry.h).
  /// Whether the AWS Load Balancer Controller takes this Ingress.
  Truth is_alb(const Ingress& ingress) const;
  /// The AWS Load Balancer Controller of the cluster that `from` lives in.
  const Controller& controller(const Resource& from) const;
  /// The load balancers: Ingresses by group, with listeners and rules.
  std::span<const IngressGroup> ingress_groups() const;
  std::span<const TargetGroup> target_groups() const;
  /// Ingresses, then Services, that carry annotations of the controller's; in resource order (graph/annotated.h).
  std::span<const AlbAnnotated> alb_annotated() const;
  /// That of one Ingress or Service; nullptr if it carries none.
  const AlbAnnotated* alb_annotated_of(const Resource& resource) const;
  std::span<const TargetGroup> target_groups_of(const Resource& ingress) const;

  // Routing (graph/routing.h).
  const GatewayRoutes& routes_of(const Resource& gateway) const;
  /// The hosts of a Gateway that a VirtualService names; of another nothing is known.
  const GatewayHosts& served_hosts(const Resource& gateway) const;
  /// In resource and source order.
  std::span<const UnreachableHost> unreachable_hosts() const;
  /// The destinations of a VirtualService of the manifests in source order, resolved; none for one that is only known.
  std::span<const Destination> destinations(const VirtualService& vs) const;
  /// A host as Istio completes it from `from`: short names get namespace and cluster domain. Lower case.
  std::string full_host(const Resource& from, std::string_view host) const;
  /// Whether some Service or ServiceEntry has a host under this wildcard; unknown where a host is not known.
  Truth has_host_under(std::string_view wildcard) const;
  /// A DestinationRule with the completed host it is for.
  struct HostRule {
    std::string_view host;
    const Resource* rule;
  };
  /// Every one whose host is known, by host; of one host in resource order.
  std::span<const HostRule> rules_by_host() const;
  /// Those for one host, a completed one.
  std::span<const HostRule> rules_by_host(std::string_view host) const;
  /// Whether the manifests hold DestinationRules of this resource's namespace.
  bool has_destination_rules(const Resource& from) const;
  SharedRules destination_rules(const Resource& from, std::string_view host) const;
  /// Those of them that define a subset of this name.
  const SubsetRules& subset_rules(const HostRules& rules, std::string_view subset) const;

  /// How many references were found, missing, or point outside.
  struct Count {
    std::size_t found = 0, missing = 0, outside = 0;
  };
  Count count_references() const;
  /// Name of a resource's cluster as configured; "" for the only one.
  std::string_view cluster_name(const Resource& resource) const;
  /// Number of resources read from the manifests.
  std::size_t manifest_resources() const;

 private:
  friend class GraphBuild;
  /// Positions of the mesh configurations that say something there, as seen from `from`, in their order, until `visit` returns true.
  template <class Visit>
  void visit_mesh_settings(const Resource& from, std::string_view path, Visit visit) const;
  /// All of it.
  void note(Kind kind) const;
  void note(Facet facet) const;
  /// `cells` adds what was looked into to the Reads it is called with.
  template <class Member, class Cells>
  void note(Member member, Cells cells) const {
    if (seen_ != nullptr) seen_->add(member);
    if (reads_ != nullptr) cells(*reads_);
  }
  /// For lookups within a lookup: kinds are not noted, as they are not what the caller looks at.
  Graph quiet() const;
  const Input* input_;
  std::shared_ptr<const Index> index_;
  KindSet* seen_ = nullptr;
  Reads* reads_ = nullptr;
};

}  // namespace hop
