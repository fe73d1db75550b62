// Lookups and their rules of evidence (design section 5).

#include <algorithm>

#include "graph/copies.h"
#include "graph/graph.h"
#include "graph/index.h"
#include "graph/reads.h"
#include "graph/visibility.h"
#include "model/host.h"
#include "model/well_known.h"

namespace hop {
namespace {

/// Kinds whose absence proves nothing unless the manifests are complete: they are often made by other means.
bool made_elsewhere(Kind kind) { return kind == Kind::secret || kind == Kind::namespace_ || info(kind).scope == Scope::cluster; }

/// Kinds whose names repeat from namespace to namespace: one in another namespace says nothing about this one.
bool has_common_names(Kind kind) {
  return kind == Kind::config_map || kind == Kind::service_account || kind == Kind::persistent_volume_claim || kind == Kind::role;
}

class Finder {
 public:
  Finder(const Graph& graph, const Input& input, const Index& index, const Resource& from)
      : graph_(graph), input_(input), index_(index), from_(from) {}

  Lookup find(Kind kind, std::string_view ns, std::string_view name) {
    if (info(kind).scope == Scope::cluster) ns = {};
    collect(identity_key(from_.cluster, kind, ns, name), identity_key(every_cluster, kind, ns, name), kind, ns, name);
    if (!hits_.empty()) return found();
    if (could_exist(kind, ns, name) || exists_by_construction(kind, ns, name)) return {};
    if (index_.makers.is_in_template(from_.cluster, kind, name) && !graph_.complete(ns)) return {};
    if (may_be_of_cluster(kind, ns) && near_name(graph_, index_, from_, kind, ns, name) == nullptr) return {};
    return missing(kind, ns, name);
  }

 private:
  void collect(std::uint64_t key, std::uint64_t everywhere, Kind kind, std::string_view ns, std::string_view name) {
    const auto take = [&](const Resource& resource) {
      if (resource.kind == kind && resource.ns == ns && resource.name == name && resource.name_known && resource.ns_known &&
          graph_.sees(from_, resource)) {
        hits_.push_back(&resource);
      }
    };
    for (std::uint64_t k : {key, everywhere}) {
      if (const auto all = index_.names->by_identity.find(k); hits_.size() + all.size() <= most_copies) {  // nearly always
        for (const std::uint32_t id : all) take(index_.resources[id]);
      } else {
        Outwards copies(input_.sources, index_.resources, index_.names->by_identity.seen(k, from_.variant), from_);
        for (const Resource* resource = copies.next(); resource != nullptr && hits_.size() < most_copies; resource = copies.next()) {
          take(*resource);
        }
      }
      if (from_.cluster == every_cluster || !index_.names->has_known) break;
    }
  }

  Lookup found() {
    Lookup lookup;
    lookup.state = Found::found;
    if (hits_.size() > 1) {
      std::ranges::sort(hits_, {}, &Resource::id);
      const auto near = [&](const Resource* resource) { return shared_folders(path(*resource), path(from_)); };
      std::stable_sort(hits_.begin(), hits_.end(), [&](const Resource* a, const Resource* b) {
        return std::pair(near(a), path(*a) == path(from_)) > std::pair(near(b), path(*b) == path(from_));
      });
      lookup.copies = hits_;
    }
    lookup.target = hits_.front();
    return lookup;
  }

  std::string_view path(const Resource& resource) const { return path_of(input_.sources, resource); }

  /// Whether a resource whose name or namespace is left open may turn out to be called so. Overlays only add to a name, in front or behind.
  static bool may_become(const Resource& resource, std::string_view ns, std::string_view name) {
    const bool open = resource.name.empty() || yaml::is_placeholder(resource.name);
    if (resource.name_known ? resource.name != name : !open && name.find(resource.name) == std::string_view::npos) return false;
    return !resource.ns_known || resource.ns == ns || resource.ns.empty() || ns.empty() || resource.cluster_scoped();
  }

  bool may_turn_out(std::uint16_t cluster, Kind kind, std::string_view ns, std::string_view name) const {
    if (!index_.names->uncertain_kinds.has(kind)) return false;
    const auto is_one = [&](std::uint32_t id) {
      const Resource& resource = index_.resources[id];
      return may_become(resource, ns, name) && graph_.sees(from_, resource);
    };
    return any_uncertain_key(*index_.names, cluster, kind, ns, name, [&](std::uint64_t key) {
      return std::ranges::any_of(index_.names->uncertain.seen(key, from_.variant),
                                 [&](std::span<const std::uint32_t> part) { return std::ranges::any_of(part, is_one); });
    });
  }

  /// Whether something whose name or namespace is left open might be the one.
  bool could_exist(Kind kind, std::string_view ns, std::string_view name) const {
    for (std::uint16_t cluster : {from_.cluster, every_cluster}) {
      if (may_turn_out(cluster, kind, ns, name)) return true;
      if (info(kind).scope == Scope::cluster) continue;
      // Unset is unknown against a named namespace, and the other way round.
      if (!ns.empty() && present(identity_key(cluster, kind, "", name), kind, "", name)) return true;
      if (ns.empty() && same_name(cluster, kind, name) != nullptr) return true;
      if (!index_.names->has_known) break;
    }
    return false;
  }

  bool present(std::uint64_t key, Kind kind, std::string_view ns, std::string_view name) const {
    const auto is_it = [&](std::uint32_t id) {
      const Resource& resource = index_.resources[id];
      return resource.kind == kind && resource.ns == ns && resource.name == name && graph_.sees(from_, resource);
    };
    return std::ranges::any_of(index_.names->by_identity.seen(key, from_.variant),
                               [&](std::span<const std::uint32_t> part) { return std::ranges::any_of(part, is_it); });
  }

  /// The first of them.
  const Resource* same_name(std::uint16_t cluster, Kind kind, std::string_view name) const {
    const auto is_it = [&](std::uint32_t id) {
      const Resource& resource = index_.resources[id];
      return resource.kind == kind && resource.name == name && !resource.opaque && graph_.sees(from_, resource);
    };
    const Resource* first = nullptr;
    for (const std::span<const std::uint32_t> part : index_.names->by_name.seen(name_key(cluster, kind, name), from_.variant)) {
      const auto found = std::ranges::find_if(part, is_it);
      if (found != part.end() && (first == nullptr || *found < first->id)) first = &index_.resources[*found];
    }
    return first;
  }

  Lookup missing(Kind kind, std::string_view ns, std::string_view name) const {
    Lookup lookup;
    lookup.near = near_name(graph_, index_, from_, kind, ns, name);
    if (info(kind).scope != Scope::cluster) lookup.elsewhere = same_name(from_.cluster, kind, name);
    if (graph_.complete(ns)) {
      lookup.state = Found::missing;
      return lookup;
    }
    if (made_elsewhere(kind)) return {};
    const bool made = index_.makers.may_make(input_, from_, kind, ns);
    const bool near = lookup.near != nullptr || (lookup.elsewhere != nullptr && !has_common_names(kind) && !made);
    if (!near && (made || !index_.names->evidence.contains(evidence_key(input_, from_, kind, ns)))) return {};
    lookup.state = Found::missing;
    // What an installation implies elsewhere may be installed here as well.
    const bool implied = lookup.near == nullptr && lookup.elsewhere != nullptr && lookup.elsewhere->origin == Origin::implied;
    lookup.strongest = near && !made && !implied ? Severity::error : Severity::warning;
    return lookup;
  }

  const Graph& graph_;
  const Input& input_;
  const Index& index_;
  const Resource& from_;
  std::vector<const Resource*> hits_;
};

}  // namespace

const Resource* near_name(const Graph& graph, const Index& index, const Resource& from, Kind kind, std::string_view ns,
                          std::string_view name) {
  const auto bucket = index.names->by_namespace.find(namespace_key(from.cluster, kind, ns));
  if (bucket == index.names->by_namespace.end() || name.empty()) return nullptr;
  const NamesOfNamespace& names = bucket->second;
  std::call_once(names.near_once, [&] {
    names.spelled.reserve(names.resources.size());
    for (const std::uint32_t id : names.resources) {
      const Resource& resource = index.resources[id];
      names.spelled.emplace_back(resource.name);
      if (resource.linted() && resource.name_known) names.near.add(names.spelled.back(), id);
    }
  });
  const auto found = names.near.find(name);
  return found && graph.sees(from, index.resources[*found]) ? &index.resources[*found] : nullptr;
}

namespace {

/// What would have to change for the answer to be another one.
void note_find(Reads& reads, Kind kind, std::string_view ns, std::string_view name, bool found) {
  if (info(kind).scope == Scope::cluster) ns = {};
  reads.identity(kind, ns, name);
  if (found) return;
  // Near names, evidence and what leaves its namespace open count, and the same name anywhere.
  reads.named(kind, name);
  reads.in_namespace(kind, ns);
  reads.in_namespace(kind, {});
  if (ns.empty()) reads.all(kind);
}

}  // namespace

Lookup Graph::find(const Resource& from, Kind kind, std::string_view ns, std::string_view name) const {
  Lookup lookup;
  const bool is_open =
      yaml::is_placeholder(name) || yaml::is_placeholder(ns) || yaml::is_shouted(name) || yaml::is_shouted(ns) || !from.ns_known;
  if (!is_open) lookup = Finder(*this, *input_, *index_, from).find(kind, ns, name);
  note(kind, [&](Reads& reads) { note_find(reads, kind, ns, name, lookup.found()); });
  return lookup;
}

namespace {

/// Short names are completed with the namespace they stand in: those of ServiceEntries, too.
bool may_be_meant(const Resource& entry, std::string_view host, std::string_view ns) {
  return host.find('.') != std::string_view::npos || entry.ns.empty() || ns.empty() || entry.ns == ns;
}

/// The first of the entries that `from` sees and that may be meant.
const Resource* first_entry(const Graph& graph, const NearIndex<const Resource*>& filed, const Resource& from, std::string_view host,
                            std::string_view told, std::string_view ns) {
  const Resource* first = nullptr;
  for (std::uint16_t cluster : {from.cluster, every_cluster}) {
    for (const auto part : filed.seen(told_key(cluster, host, told), from.variant)) {
      const auto found =
          std::ranges::find_if(part, [&](const Resource* entry) { return graph.sees(from, *entry) && may_be_meant(*entry, host, ns); });
      if (found != part.end() && (first == nullptr || (*found)->id < first->id)) first = *found;
    }
    if (first != nullptr) break;
  }
  return first;
}

/// The ServiceEntry for a pattern: one that is exported to `from` before others.
const Resource* entry_for(const Graph& graph, const Index& index, const Resource& from, std::string_view pattern, std::string_view ns) {
  const Resource* best = nullptr;
  for (const std::string_view told : {any_namespace, from.ns}) {
    const Resource* entry = first_entry(graph, index.service_entries_told_to, from, pattern, told, ns);
    if (entry != nullptr && (best == nullptr || entry->id < best->id)) best = entry;
  }
  return best != nullptr ? best : first_entry(graph, index.service_entries_by_host, from, pattern, "", ns);
}

/// The ServiceEntry that declares this host, or a wildcard over it. A short host is looked for in `ns`.
Lookup find_service_entry(const Graph& graph, const Index& index, const Resource& from, std::string_view host, std::string_view ns,
                          Reads* reads) {
  Lookup lookup;
  const std::string folded = lower(host);
  std::string_view rest = folded;
  std::string pattern = folded;
  while (true) {
    if (reads != nullptr) reads->at_host(Kind::service_entry, pattern);
    if (const Resource* entry = entry_for(graph, index, from, pattern, ns); entry != nullptr) {
      const bool exported = visibility(graph, *entry).in(from.ns) != Truth::no;
      if (!lookup.found() || exported) {
        lookup.state = Found::found;
        lookup.target = entry;
      }
      if (exported) return lookup;
    }
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos) return lookup;
    rest.remove_prefix(dot + 1);
    pattern = "*.";
    pattern += rest;
  }
}

}  // namespace

void find_told(const Graph& graph, Index& index) {
  for (const Resource* entry : index.by_kind[static_cast<std::size_t>(Kind::service_entry)]) {
    const Visibility seen = visibility(graph, *entry);
    for (yaml::Node node : ServiceEntry(*entry).hosts()) {
      const std::string host = lower(node.str());
      const auto add = [&](std::string_view ns) { index.service_entries_told_to.add(told_key(entry->cluster, host, ns), entry); };
      if (seen.everywhere || seen.unknown) {
        add(any_namespace);
      } else {
        for (const std::string_view ns : seen.namespaces) add(ns);
      }
    }
  }
  seal(index, index.service_entries_told_to);
}

Lookup Graph::find_host(const Resource& from, std::string_view host) const {
  const bool others = !index_->by_kind[static_cast<std::size_t>(Kind::service_entry)].empty();
  note(Kind::service, [](Reads&) {});
  note(Kind::service_entry, [&](Reads& reads) {
    if (!others) reads.all(Kind::service_entry);
  });
  if (host.empty() || yaml::is_placeholder(host) || yaml::has_shouted_part(host) || is_wildcard(host)) return {};
  const Graph within = quiet();  // whom entries are exported to is part of the lookup, not what the caller looks at
  const auto find_entry = [&](std::string_view name, std::string_view ns) {
    return others ? find_service_entry(within, *index_, from, name, ns, reads_) : Lookup{};
  };
  if (const auto service = service_host(host, index_->cluster_domain)) {
    const std::string_view ns = service->ns.empty() ? from.ns : service->ns;
    Lookup lookup = find(from, Kind::service, ns, service->name);
    if (lookup.found()) return lookup;
    for (const std::string& name : {full_host(from, host), std::string(service->name)}) {
      if (Lookup entry = find_entry(name, ns); entry.found()) return entry;
    }
    return lookup;
  }
  if (Lookup entry = find_entry(host, from.ns); entry.found()) return entry;
  // Istio takes `reviews.prod` as it is and finds nothing by it: a Service of that name is the near miss.
  if (const auto half = half_qualified_host(host)) {
    Lookup service = find(from, Kind::service, half->ns, half->name);
    if (service.found()) {
      service.near = service.target;
      service.target = nullptr;
      service.copies.clear();
      service.state = Found::missing;
      return service;
    }
  }
  Lookup lookup;
  if (reads_ != nullptr) reads_->all(Kind::service_entry);  // that there is any at all counts
  if (input_->world.complete) {
    lookup.state = Found::missing;
  } else if (others) {
    lookup.state = Found::missing;
    lookup.strongest = Severity::warning;
  }
  return lookup;
}

bool Graph::sees(const Resource& a, const Resource& b) const {
  if (a.cluster != b.cluster && a.cluster != every_cluster && b.cluster != every_cluster) return false;
  return a.variant == 0 || b.variant == 0 || a.variant == b.variant;
}

Truth Graph::same_namespace(const Resource& a, const Resource& b) const {
  if (!sees(a, b)) return Truth::no;
  if (!a.ns_known || !b.ns_known) return Truth::unknown;
  if (a.ns.empty() != b.ns.empty()) return Truth::unknown;
  return truth(a.ns == b.ns);
}

bool Graph::complete(std::string_view ns) const {
  const auto& named = input_->world.complete_namespaces;
  return input_->world.complete || std::find(named.begin(), named.end(), ns) != named.end();
}

}  // namespace hop
