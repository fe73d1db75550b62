// The indices over resources: identities, names, labels, selectors, hosts.

#include "graph/index.h"

#include <algorithm>

#include "graph/copies.h"
#include "graph/earlier.h"
#include "model/istio/views.h"
#include "text/file_system.h"

namespace hop {

std::uint64_t identity_key(std::uint16_t cluster, Kind kind, std::string_view ns, std::string_view name) {
  return KeyHash().add(cluster).add(static_cast<std::uint64_t>(kind)).add(ns).add(name).value();
}

std::uint64_t name_key(std::uint16_t cluster, Kind kind, std::string_view name) {
  return KeyHash().add(1000).add(cluster).add(static_cast<std::uint64_t>(kind)).add(name).value();
}

std::uint64_t namespace_key(std::uint16_t cluster, Kind kind, std::string_view ns) {
  return KeyHash().add(2000).add(cluster).add(static_cast<std::uint64_t>(kind)).add(ns).value();
}

std::uint64_t secret_key(std::optional<std::string_view> ns, std::string_view name) {
  KeyHash key;
  if (ns) key.add(*ns);
  return key.add(name).value();
}

std::uint64_t told_key(std::uint16_t cluster, std::string_view host, std::string_view ns) {
  return KeyHash().add(4000).add(cluster).add(host).add(ns).value();
}

std::uint64_t label_key(std::uint16_t cluster, std::string_view ns, std::string_view key, std::string_view value) {
  return KeyHash().add(3000).add(cluster).add(ns).add(key).add(value).value();
}

namespace {

bool is_workload(Kind kind) {
  const auto kinds = Workload::kinds();
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// Whether it is known which labels the pods have, if not all that they say.
bool has_known_keys(const Workload& workload) {
  const auto is_open = [](const yaml::Entry& entry) { return yaml::is_placeholder(entry.key.str()); };
  return !workload->opaque && std::ranges::none_of(workload.labels().node.entries(), is_open);
}

/// Calls `add` with each key that the labels of a workload are filed under.
template <class Add>
void each_label_key(const Workload& workload, Add add) {
  const std::string_view ns = workload->ns_known ? workload->ns : unknown_value;
  for (const auto& [key, value] : workload.labels().node.entries()) {
    const std::string_view text = text_of(value).is_unknown() ? unknown_value : value.str();
    add(label_key(workload->cluster, ns, key.str(), text));
    add(label_key(workload->cluster, any_namespace, key.str(), text));
  }
}

void add_labels(PodLabels& labels, const Workload& workload, std::uint32_t at) {
  labels.has_open = labels.has_open || workload->ns.empty();
  labels.by_namespace.add(label_key(workload->cluster, workload->ns, "", ""), at);
  if (!has_known_keys(workload)) {
    labels.unknown.push_back(at);
    return;
  }
  labels.has_unknown = labels.has_unknown || !workload->ns_known;
  each_label_key(workload, [&](std::uint64_t key) { labels.by_label.add(key, at); });
}

/// The pair of a selector that it is filed under; a selector matches only workloads that carry it.
void file_selector(NearIndex<const Resource*>& index, const Resource& resource, std::string_view ns, yaml::Node selector) {
  for (const auto& [key, value] : selector.entries()) {
    index.add(label_key(resource.cluster, ns, key.str(), value.str()), &resource);
    return;
  }
}

void index_relations(Index& index, const Resource& resource) {
  switch (resource.kind) {
    case Kind::gateway:
      file_selector(index.gateways_by_selector, resource, any_namespace, Gateway(resource).selector());
      for (const auto& [key, value] : Gateway(resource).selector().entries()) index.gateway_labels.insert(key.str());
      break;
    case Kind::peer_authentication: {
      // One that overlays put into several namespaces may be meant for any.
      const auto key = namespace_key(resource.cluster, resource.kind, resource.ns_known ? resource.ns : std::string_view());
      index.policies_by_namespace.add(key, &resource);
      if (!PeerAuthentication(resource).selects_workloads()) index.policies_for_all.add(key, &resource);
      break;
    }
    case Kind::service_entry:
      for (yaml::Node host : ServiceEntry(resource).hosts()) {
        index.service_entries_by_host.add(told_key(resource.cluster, lower(host.str()), ""), &resource);
      }
      break;
    default:
      break;
  }
}

void index_secret(Index& index, const Resource& resource) {
  const auto kinds = SecretProvider::kinds();
  if (std::find(kinds.begin(), kinds.end(), resource.kind) == kinds.end()) return;
  const auto name = text_of(SecretProvider(resource).secret_name());
  if (name.is_known()) {
    index.secrets.add(secret_key({}, *name), &resource);
    index.secrets.add(secret_key(resource.ns_known ? resource.ns : unknown_value, *name), &resource);
  }
  if (!name.is_known() || !resource.ns_known || !resource.name_known) index.uncertain_secrets.push_back(&resource);
}

/// What is known of a resource whose name or namespace is left open.
enum class Certain : std::uint8_t { name, fragment, ns, nothing };

std::uint64_t uncertain_key(std::uint16_t cluster, Kind kind, Certain certain, std::string_view text) {
  return KeyHash().add(5000).add(cluster).add(static_cast<std::uint64_t>(kind)).add(static_cast<std::uint64_t>(certain)).add(text).value();
}

void add_uncertain(Names& names, const Resource& resource) {
  names.uncertain_kinds.add(resource.kind);
  const auto add = [&](Certain certain, std::string_view text) {
    names.uncertain.add(uncertain_key(resource.cluster, resource.kind, certain, text), resource.id);
  };
  if (resource.name_known) return add(Certain::name, resource.name);
  if (!resource.name.empty() && !yaml::is_placeholder(resource.name)) {
    names.fragment_lengths.insert(resource.name.size());
    return add(Certain::fragment, resource.name);
  }
  if (resource.ns_known) add(Certain::ns, resource.ns);
  add(Certain::nothing, resource.ns_known ? "some" : "any");
}

void add_name(const Input& input, Index& index, Names& names, const Resource& resource) {
  std::uint64_t& identity = index.identities[resource.id];
  if (identity == 0) identity = identity_key(resource.cluster, resource.kind, resource.ns, resource.name);
  names.by_identity.add(identity, resource.id);
  names.by_name.add(name_key(resource.cluster, resource.kind, resource.name), resource.id);
  names.by_namespace[namespace_key(resource.cluster, resource.kind, resource.ns)].resources.push_back(resource.id);
  if (!resource.name_known || !resource.ns_known) add_uncertain(names, resource);
  if (resource.linted()) names.evidence.insert(evidence_key(input, resource, resource.kind, resource.ns));
}

/// Whether objects have copies beyond those that are told apart, and whether walking over all of some, or over what all overlays say, takes
/// time.
void look_for_crowds(const Index& index, Names& names) {
  constexpr std::size_t crowd = 4 * most_copies;
  std::size_t most = 0;
  names.by_identity.each_run([&](std::uint64_t, std::span<const std::uint32_t> copies) { most = std::max(most, copies.size()); });
  std::vector<bool> in_use(std::size_t{1} << 16U);
  std::size_t variants = 0;
  for (const Resource& resource : index.resources) {
    variants += in_use[resource.variant] ? 0 : 1;
    in_use[resource.variant] = true;
  }
  names.has_copies = most > most_copies;
  names.has_crowds = most > crowd || variants > crowd;
}

std::shared_ptr<const Names> index_names(const Input& input, Index& index) {
  auto names = std::make_shared<Names>();
  for (const Resource& resource : index.resources) {
    names->has_known = names->has_known || resource.cluster == every_cluster;
    if (resource.kind != Kind::other) add_name(input, index, *names, resource);
  }
  for (auto* filed : {&names->by_identity, &names->by_name, &names->uncertain}) filed->seal(false);
  look_for_crowds(index, *names);
  if (names->has_crowds) {
    const auto of_one_key = [&](std::uint32_t id) { return CopyOf{0, id, index.resources[id].variant}; };
    names->by_identity.set_apart(of_one_key);
    names->by_name.set_apart(of_one_key);
    names->uncertain.set_apart(of_one_key);
  }
  for (const Resource& resource : index.resources) {
    const bool other = resource.kind == Kind::other;
    if (other || names->by_identity.find(index.identities[resource.id]).size() > 1) names->repeated.push_back(resource.id);
  }
  return names;
}

std::shared_ptr<const PodLabels> index_labels(const Index& index) {
  auto labels = std::make_shared<PodLabels>();
  for (std::uint32_t at = 0; at < index.workloads.size(); ++at) add_labels(*labels, index.workloads[at], at);
  labels->by_label.seal(!index.names->has_copies);
  labels->by_namespace.seal();
  if (index.names->has_crowds) labels->by_label.set_apart([&](std::uint32_t at) { return copy_of(index, *index.workloads[at]); });
  return labels;
}

}  // namespace

AlikePods find_alike(const Index& index) {
  AlikePods alike;
  std::unordered_map<std::string, std::uint32_t> known;  // looked up only
  for (std::uint32_t at = 0; at < index.workloads.size(); ++at) {
    const Workload& workload = index.workloads[at];
    if (!has_known_keys(workload)) continue;
    std::string place_and_labels;
    add_standpoint(place_and_labels, *workload, false);
    add_labels(place_and_labels, workload.labels().node);
    const auto [group, fresh] = known.try_emplace(std::move(place_and_labels), static_cast<std::uint32_t>(alike.groups.size()));
    if (fresh) {
      alike.groups.emplace_back();
      each_label_key(workload, [&](std::uint64_t key) { alike.by_label.add(key, group->second); });
    }
    alike.groups[group->second].push_back(at);
  }
  alike.by_label.seal();
  return alike;
}

namespace {

/// What may be kept of the graph before.
struct Kept {
  bool names = true;
  bool labels = true;  ///< never without the names
};

/// Resources of files that did not change are the same where they are called the same.
Kept compare(const Index& before, const Index& now, const std::set<FileId>& changed) {
  if (before.resources.size() != now.resources.size()) return {false, false};
  Kept kept;
  for (auto a = before.resources.begin(), b = now.resources.begin(); b != now.resources.end(); ++a, ++b) {
    const FileId file = b->root.document()->file();
    if (!same_standing(*a, *b) || a->root.document()->file() != file) return {false, false};
    kept.labels = kept.labels && !(is_workload(b->kind) && (changed.contains(file) || b->root.document()->synthetic()));
  }
  return kept;
}

}  // namespace

bool any_uncertain_key(const Names& names, std::uint16_t cluster, Kind kind, std::string_view ns, std::string_view name,
                       const std::function<bool(std::uint64_t)>& visit) {
  const auto look = [&](Certain certain, std::string_view text) { return visit(uncertain_key(cluster, kind, certain, text)); };
  if (look(Certain::name, name) || look(Certain::nothing, "any")) return true;
  // Without a namespace, and of kinds that have none, any may be meant.
  const bool anywhere = ns.empty() || info(kind).scope == Scope::cluster;
  if (anywhere ? look(Certain::nothing, "some") : look(Certain::ns, ns) || look(Certain::ns, "")) return true;
  for (const std::size_t length : names.fragment_lengths) {
    for (std::size_t at = 0; at + length <= name.size(); ++at) {
      if (look(Certain::fragment, name.substr(at, length))) return true;
    }
  }
  return false;
}

bool has_known_labels(const Workload& workload) {
  if (workload->opaque) return false;
  for (const auto& [key, value] : workload.labels().node.entries()) {
    if (yaml::is_placeholder(key.str()) || text_of(value).is_unknown()) return false;
  }
  return true;
}

std::uint64_t evidence_key(const Input& input, const Resource& from, Kind kind, std::string_view ns) {
  const std::uint64_t key = namespace_key(from.cluster, kind, ns);
  if (!ns.empty() || info(kind).scope == Scope::cluster) return key;
  const std::string_view path = path_of(input.sources, from);
  return path.empty() ? key : KeyHash().add(key).add(parent_path(path)).value();
}

void seal(const Index& index, NearIndex<const Resource*>& filed) {
  filed.seal(!index.names->has_copies);
  if (index.names->has_crowds) filed.set_apart([&](const Resource* resource) { return copy_of(index, *resource); });
}

void index_resources(const Input& input, Index& index, const Index* before, const std::set<FileId>& changed) {
  const Kept kept = before == nullptr ? Kept{false, false} : compare(*before, index, changed);
  if (kept.names) index.identities = before->identities;
  index.identities.resize(index.resources.size());
  index.names = kept.names ? before->names : index_names(input, index);
  GivenFolders folders(input);
  for (const Resource& resource : index.resources) {
    if (resource.linted()) index.makers.add(input, resource, folders);
    index.by_kind[static_cast<std::size_t>(resource.kind)].push_back(&resource);
    if (is_workload(resource.kind)) index.workloads.emplace_back(resource);
    index_secret(index, resource);
    index_relations(index, resource);
  }
  for (auto* sealed : {&index.policies_by_namespace, &index.policies_for_all}) {
    sealed->seal();
  }
  seal(index, index.gateways_by_selector);
  seal(index, index.secrets);
  seal(index, index.service_entries_by_host);
  index.pod_labels = kept.labels ? before->pod_labels : index_labels(index);
}

}  // namespace hop
