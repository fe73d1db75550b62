#include "graph/graph.h"

#include <algorithm>

#include "graph/build.h"
#include "graph/earlier.h"
#include "graph/index.h"
#include "graph/reads.h"
#include "text/parallel.h"

namespace hop {

namespace {

struct ByIngress {
  bool operator()(const TargetGroup& group, std::uint32_t id) const { return group.ingress->id < id; }
  bool operator()(std::uint32_t id, const TargetGroup& group) const { return id < group.ingress->id; }
};

}  // namespace

namespace {

/// The kinds that the references are from, and those they are looked for among; all references where that is not one or two of each.
void note_edges(Reads& reads, Relation relation) {
  const auto between = [&](Kind from, std::initializer_list<Kind> to) {
    reads.all(from);
    for (const Kind kind : to) reads.all(kind);
  };
  switch (relation) {
    case Relation::ingress_class:
      return between(Kind::ingress, {Kind::ingress_class});
    case Relation::ingress_backend:
      return between(Kind::ingress, {Kind::service});
    case Relation::virtualservice_gateway:
    case Relation::virtualservice_match_gateway:
      return between(Kind::virtual_service, {Kind::gateway, Kind::k8s_gateway});
    case Relation::virtualservice_destination:
      return between(Kind::virtual_service, {Kind::service, Kind::service_entry});
    case Relation::destinationrule_host:
      return between(Kind::destination_rule, {Kind::service, Kind::service_entry});
    case Relation::virtualservice_delegate:
      return between(Kind::virtual_service, {});
    case Relation::targetgroupbinding_service:
      return between(Kind::target_group_binding, {Kind::service});
    default:
      return reads.all(Facet::references);
  }
}

}  // namespace

Graph Graph::noting(KindSet& seen) const {
  Graph graph = *this;
  graph.seen_ = &seen;
  return graph;
}

Graph Graph::noting(Reads& reads) const {
  Graph graph = *this;
  graph.reads_ = &reads;
  return graph;
}

Graph Graph::quiet() const {
  Graph graph = *this;
  graph.seen_ = nullptr;
  return graph;
}

void Graph::note(Kind kind) const {
  note(kind, [&](Reads& reads) { reads.all(kind); });
}

void Graph::note(Facet facet) const {
  note(facet, [&](Reads& reads) { reads.all(facet); });
}

const std::deque<ReadFile>& Graph::files() const {
  note(Facet::files);
  return input_->files;
}

std::span<const Resource* const> Graph::of(Kind kind) const {
  note(kind);
  return index_->by_kind[static_cast<std::size_t>(kind)];
}

const std::deque<Resource>& Graph::resources() const {
  note(Facet::files);
  return index_->resources;
}

std::span<const Workload> Graph::workloads() const {
  note(Facet::workloads);
  return index_->workloads;
}

std::span<const Edge> Graph::edges(Relation relation) const {
  note(Facet::references, [&](Reads& reads) { note_edges(reads, relation); });
  const auto at = static_cast<std::size_t>(relation);
  return std::span(index_->edges).subspan(index_->edge_begin[at], index_->edge_begin[at + 1] - index_->edge_begin[at]);
}

std::span<const Edge> Graph::edges() const {
  note(Facet::references);
  return std::span(index_->edges).first(index_->edge_begin.back());
}

std::span<const Edge* const> Graph::from(const Resource& resource) const {
  note(Facet::references, [&](Reads& reads) { reads.add(index_->edge_reads.of(resource)); });
  return index_->edges_from.find(resource.id);
}

std::span<const Edge* const> Graph::to(const Resource& resource) const {
  note(Facet::references);
  return index_->edges_to.find(resource.id);
}

std::span<const MeshConfig> Graph::mesh_configs() const {
  note(Facet::mesh);
  return index_->mesh_configs;
}

std::string_view Graph::root_namespace() const {
  note(Facet::mesh);
  return index_->root_namespace;
}

std::string_view Graph::cluster_domain() const { return index_->cluster_domain; }

bool Graph::mesh_is_configured() const {
  note(Facet::mesh);
  if (reads_ != nullptr) reads_->all(Kind::peer_authentication);
  return index_->mesh_configured;
}

std::vector<const Resource*> Graph::maybe_repeated() const {
  note(Facet::files);
  std::vector<const Resource*> found;
  for (const std::uint32_t id : index_->names->repeated) found.push_back(&index_->resources[id]);
  return found;
}

std::span<const TargetGroup> Graph::target_groups() const {
  note(Facet::entry);
  return index_->target_groups;
}

std::span<const AlbAnnotated> Graph::alb_annotated() const {
  note(Facet::entry);
  return index_->alb_annotated;
}

const AlbAnnotated* Graph::alb_annotated_of(const Resource& resource) const {
  note(Facet::entry);
  const auto by_kind_and_id = [](const AlbAnnotated& annotated) {
    return std::pair(annotated.resource->kind != Kind::ingress, annotated.resource->id);
  };
  const auto found =
      std::ranges::lower_bound(index_->alb_annotated, std::pair(resource.kind != Kind::ingress, resource.id), {}, by_kind_and_id);
  return found != index_->alb_annotated.end() && found->resource == &resource ? &*found : nullptr;
}

std::span<const TargetGroup> Graph::target_groups_of(const Resource& ingress) const {
  note(Facet::entry);
  // They stand in the order of their Ingresses.
  const auto [first, last] = std::equal_range(index_->target_groups.begin(), index_->target_groups.end(), ingress.id, ByIngress{});
  return {first, last};
}

Graph::Count Graph::count_references() const {
  Count count;
  for (const Edge& edge : index_->edges) {
    if (!edge.from->linted()) continue;
    count.found += edge.to.found() ? 1 : 0;
    count.missing += edge.to.missing() ? 1 : 0;
    count.outside += edge.to.unknown() ? 1 : 0;
  }
  return count;
}

std::size_t Graph::manifest_resources() const {
  return static_cast<std::size_t>(
      std::count_if(index_->resources.begin(), index_->resources.end(), [](const Resource& resource) { return resource.linted(); }));
}

std::string_view Graph::cluster_name(const Resource& resource) const {
  return resource.cluster < index_->cluster_names.size() ? std::string_view(index_->cluster_names[resource.cluster]) : std::string_view{};
}

GraphBuild::GraphBuild(Input& input) : input_(&input), index_(std::make_shared<Index>()) {}

GraphBuild::GraphBuild(Input& input, const Graph* before, std::set<FileId> changed) : GraphBuild(input) {
  index_->keeps_reads = true;
  changed_ = std::move(changed);
  if (before == nullptr) return;
  before_ = *before;
  index_->strings = before->index_->strings;
}

GraphBuild::~GraphBuild() = default;
GraphBuild::GraphBuild(GraphBuild&&) noexcept = default;
GraphBuild& GraphBuild::operator=(GraphBuild&&) noexcept = default;

const Changes* GraphBuild::changes() const { return earlier_ == nullptr ? nullptr : &earlier_->changes(); }

bool GraphBuild::step(unsigned jobs) {
  Index& index = *index_;
  const Graph graph(*input_, index_);
  switch (stage_++) {
    case 0:
      collect_resources(*input_, index, before_ ? before_->index_.get() : nullptr, changed_);
      imply_resources(*input_, index);
      return true;
    case 1:
      index_resources(*input_, index, before_ ? before_->index_.get() : nullptr, changed_);
      read_mesh(input_->world.environment, index);
      find_told(graph, index);
      if (before_) earlier_ = std::make_unique<Earlier>(*before_, before_->index_, graph, changed_);
      if (earlier_ != nullptr && (!earlier_->holds() || !(earlier_->index().makers == index.makers))) earlier_.reset();
      return true;
    case 2:
      if (jobs == 1) {
        find_pods(graph, index, earlier_.get());
        return true;
      }
      do_all(jobs, [&] { find_pods(graph, index, earlier_.get()); }, [&] { resolve_references(graph, index, earlier_.get()); });
      ++stage_;
      return true;
    case 3:
      resolve_references(graph, index, earlier_.get());
      return true;
    case 4:
      find_entries(graph, index);
      find_routes(graph, index);
      return true;
    default:
      find_annotated(graph, index);
      return false;
  }
}

Graph build_graph(Input& input, unsigned jobs) {
  GraphBuild build(input);
  while (build.step(jobs)) {
  }
  return build.graph();
}

}  // namespace hop
