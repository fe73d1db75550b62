#include "graph/reads.h"

#include <algorithm>
#include <utility>

#include "graph/graph.h"
#include "graph/hash_index.h"
#include "graph/index.h"
#include "model/istio/views.h"
#include "model/k8s/views.h"
#include "model/pod_makers.h"
#include "text/words.h"

namespace hop {
namespace {

constexpr unsigned key_bits = 25;
static_assert(static_cast<unsigned>(Facet::count_) < 1U << (32U - key_bits));

/// Of one computation; who looks into more looks into nearly everything.
constexpr std::size_t most_cells = 4096;

/// What a key is; keys of different sorts never mean the same cell.
enum class Sort : std::uint8_t { identity, ns, name, host };

/// 0 stands for no key at all.
Cell cell(unsigned member, std::uint64_t hash) {
  constexpr Cell mask = (Cell{1} << key_bits) - 1;
  const Cell key = static_cast<Cell>(hash >> 20U) & mask;
  return static_cast<Cell>(member) << key_bits | std::max<Cell>(key, 1);
}

template <class Member>
Cell cell(Member member, Sort sort, std::string_view a, std::string_view b = {}) {
  return cell(static_cast<unsigned>(member), KeyHash().add(static_cast<std::uint64_t>(sort)).add(a).add(b).value());
}

template <class Member>
Cell whole(Member member) {
  return static_cast<Cell>(member) << key_bits;
}

bool meet(const KindSet& a, const KindSet& b) { return !a.without(a.without(b)).empty(); }

KindSet pod_kinds() {
  KindSet kinds = workload_kinds;
  kinds.add(Kind::other);  // controllers of custom resources make pods
  return kinds;
}

/// Whether a resource decides what others mean: then nothing is as it was.
bool reaches_far(const Graph& graph, const Resource& resource) {
  if (far_reaching_kinds.has(resource.kind)) return true;
  if (resource.kind != Kind::config_map && resource.kind != Kind::secret) return false;
  // The mesh's and the injector's configuration, and values of charts.
  return resource.name.starts_with("istio") || !graph.of(Kind::application).empty() || !graph.of(Kind::helm_release).empty();
}

}  // namespace

void Reads::all(Kind kind) { cells_.push_back(whole(kind)); }
void Reads::all(Facet facet) { cells_.push_back(whole(facet)); }
void Reads::identity(Kind kind, std::string_view ns, std::string_view name) { cells_.push_back(cell(kind, Sort::identity, ns, name)); }
void Reads::in_namespace(Kind kind, std::string_view ns) { cells_.push_back(cell(kind, Sort::ns, ns)); }
void Reads::in_namespace(Facet facet, std::string_view ns) { cells_.push_back(cell(facet, Sort::ns, ns)); }
void Reads::named(Kind kind, std::string_view name) { cells_.push_back(cell(kind, Sort::name, name)); }
void Reads::at_host(Kind kind, std::string_view host) { cells_.push_back(cell(kind, Sort::host, host)); }

std::vector<Cell> Reads::take() {
  std::sort(cells_.begin(), cells_.end());
  std::vector<Cell> taken(cells_.begin(), std::unique(cells_.begin(), cells_.end()));
  cells_.clear();
  if (taken.size() <= most_cells) return taken;
  for (Cell& cell : taken) cell = cell >> key_bits << key_bits;
  taken.erase(std::unique(taken.begin(), taken.end()), taken.end());
  return taken;
}

void Changes::add(const Graph& graph, const Resource& resource) {
  if (reaches_far(graph, resource)) {
    wholly_ = KindSet::every_kind();
    wholly_ |= with_facets(wholly_);
    members_ = wholly_;
    return;
  }
  // Maps that configure nothing of the mesh.
  members_ |= resource.kind == Kind::config_map ? KindSet(Kind::config_map, Facet::files, Facet::references) : with_facets(resource.kind);
  // What is not told where it is or what it is called may be meant by anybody.
  if (!resource.ns_known || !resource.name_known) wholly_.add(resource.kind);
  add_keys(resource);
  add_hosts(graph, resource);
  add_pods(resource);
  add_secret(resource);
}

void Changes::add_keys(const Resource& resource) {
  cells_.insert(cell(resource.kind, Sort::identity, resource.ns, resource.name));
  cells_.insert(cell(resource.kind, Sort::ns, resource.ns));
  cells_.insert(cell(resource.kind, Sort::name, resource.name));
}

void Changes::add_hosts(const Graph& graph, const Resource& resource) {
  if (resource.kind == Kind::service_entry) {
    for (yaml::Node host : ServiceEntry(resource).hosts()) cells_.insert(cell(resource.kind, Sort::host, lower(host.str())));
  }
  if (resource.kind != Kind::destination_rule) return;
  const auto host = text_of(DestinationRule(resource).host());
  // A rule whose host or namespace is open may mean any host, and a wildcard covers many.
  if (!host.is_known() || resource.ns.empty() || host.value_or("").starts_with('*')) wholly_.add(resource.kind);
  cells_.insert(cell(resource.kind, Sort::host, graph.full_host(resource, host.value_or(""))));
}

void Changes::add_pods(const Resource& resource) {
  if (resource.kind == Kind::other ? !may_make_pods(resource) : !workload_kinds.has(resource.kind)) return;
  members_.add(Facet::workloads);
  cells_.insert(cell(Facet::workloads, Sort::ns, resource.ns));
  const bool open = !resource.ns_known || (resource.kind != Kind::other && !has_known_labels(Workload(resource)));
  if (open) wholly_.add(Facet::workloads);
}

void Changes::add_secret(const Resource& resource) {
  const auto kinds = SecretProvider::kinds();
  if (std::find(kinds.begin(), kinds.end(), resource.kind) == kinds.end()) return;
  members_.add(Kind::secret);
  const auto name = text_of(SecretProvider(resource).secret_name());
  if (!name.is_known() || !resource.ns_known || !resource.name_known) wholly_.add(Kind::secret);
  cells_.insert(cell(Kind::secret, Sort::name, name.value_or("")));
}

bool Changes::reach(std::span<const Cell> cells) const {
  return std::any_of(cells.begin(), cells.end(), [&](Cell one) {
    const unsigned member = one >> key_bits;
    if (!members_.has_member(member)) return false;
    return one == member << key_bits || wholly_.has_member(member) || cells_.contains(one);
  });
}

KindSet with_facets(KindSet kinds) {
  const KindSet workloads = pod_kinds();
  KindSet mesh{Kind::config_map, Kind::peer_authentication};
  mesh |= far_reaching_kinds;
  KindSet injection{Kind::namespace_, Kind::mutating_webhook, Kind::validating_webhook};
  injection |= workloads;
  injection |= mesh;
  KindSet routing{Kind::gateway,    Kind::virtual_service, Kind::destination_rule,    Kind::service,
                  Kind::ingress,    Kind::service_entry,   Kind::ingress_class,       Kind::sidecar,
                  Kind::namespace_, Kind::k8s_gateway,     Kind::ingress_class_params};
  routing |= injection;
  KindSet entry{Kind::ingress,   Kind::ingress_class, Kind::ingress_class_params, Kind::service, Kind::gateway, Kind::target_group_binding,
                Kind::namespace_};
  entry |= injection;
  KindSet result = kinds;
  if (!kinds.without(KindSet(Facet::files)).empty()) result |= KindSet(Facet::references, Facet::files);
  if (meet(kinds, workloads)) result.add(Facet::workloads);
  if (meet(kinds, mesh)) result.add(Facet::mesh);
  if (meet(kinds, injection)) result.add(Facet::injection);
  if (meet(kinds, injection)) result.add(Facet::mtls);
  if (meet(kinds, routing)) result.add(Facet::routing);
  if (meet(kinds, entry)) result.add(Facet::entry);
  return result;
}

}  // namespace hop
