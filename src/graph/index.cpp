// The indices over resources: identities, names, labels, selectors, hosts.

#include "graph/index.h"

#include <algorithm>

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

std::uint64_t label_key(std::uint16_t cluster, std::string_view ns, std::string_view key, std::string_view value) {
  return KeyHash().add(3000).add(cluster).add(ns).add(key).add(value).value();
}

namespace {

bool is_workload(Kind kind) {
  const auto kinds = Workload::kinds();
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

void index_workload(Index& index, const Resource& resource) {
  const auto at = static_cast<std::uint32_t>(index.workloads.size());
  const Workload workload(resource);
  index.workloads.push_back(workload);
  index.has_open_workloads = index.has_open_workloads || resource.ns.empty();
  index.workloads_by_namespace.add(label_key(resource.cluster, resource.ns, "", ""), at);
  if (!resource.ns_known || !has_known_labels(workload)) {
    index.workloads_with_unknown_labels.push_back(at);
    return;
  }
  for (const auto& [key, value] : workload.labels().node.entries()) {
    index.workloads_by_label.add(label_key(resource.cluster, resource.ns, key.str(), value.str()), at);
    index.workloads_by_label.add(label_key(resource.cluster, any_namespace, key.str(), value.str()), at);
  }
}

/// The pair of a selector that it is filed under; a selector matches only workloads that carry it.
void file_selector(HashIndex<const Resource*>& index, const Resource& resource, std::string_view ns, yaml::Node selector) {
  for (const auto& [key, value] : selector.entries()) {
    index.add(label_key(resource.cluster, ns, key.str(), value.str()), &resource);
    return;
  }
}

void index_relations(Index& index, const Resource& resource) {
  switch (resource.kind) {
    case Kind::gateway:
      file_selector(index.gateways_by_selector, resource, any_namespace, Gateway(resource).selector());
      break;
    case Kind::peer_authentication:
      index.policies_by_namespace.add(namespace_key(resource.cluster, resource.kind, resource.ns), &resource);
      if (!PeerAuthentication(resource).selects_workloads()) {
        index.policies_for_all.add(namespace_key(resource.cluster, resource.kind, resource.ns), &resource);
      }
      break;
    case Kind::service_entry:
      for (yaml::Node host : ServiceEntry(resource).hosts()) {
        index.service_entries_by_host.add(KeyHash().add(resource.cluster).add(lower(host.str())).value(), &resource);
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
  if (name.is_known()) index.secrets.add(KeyHash().add(*name).value(), &resource);
  if (!name.is_known() || !resource.ns_known || !resource.name_known) index.uncertain_secrets.push_back(&resource);
}

void index_identity(Index& index, const Resource& resource) {
  std::uint64_t& identity = index.identities[resource.id];
  if (identity == 0) identity = identity_key(resource.cluster, resource.kind, resource.ns, resource.name);
  index.by_identity.add(identity, &resource);
  index.by_name.add(name_key(resource.cluster, resource.kind, resource.name), &resource);
  index.by_namespace[namespace_key(resource.cluster, resource.kind, resource.ns)].resources.push_back(&resource);
  if (!resource.name_known || !resource.ns_known) index.uncertain.add(name_key(resource.cluster, resource.kind, ""), &resource);
}

}  // namespace

bool has_known_labels(const Workload& workload) {
  if (workload->opaque) return false;
  for (const auto& [key, value] : workload.labels().node.entries()) {
    if (yaml::is_placeholder(key.str()) || text_of(value).is_unknown()) return false;
  }
  return true;
}

std::uint64_t evidence_key(const Input& input, const Resource& from, Kind kind, std::string_view ns) {
  const std::uint64_t key = namespace_key(from.cluster, kind, ns);
  const Span place = from.root.span();
  if (!ns.empty() || info(kind).scope == Scope::cluster || !place) return key;
  return KeyHash().add(key).add(parent_path(input.sources[place.file].path())).value();
}

void index_resources(const Input& input, Index& index) {
  index.identities.resize(index.resources.size());
  GivenFolders folders(input);
  for (const Resource& resource : index.resources) {
    if (resource.linted()) index.makers.add(input, resource, folders);
    index.by_kind[static_cast<std::size_t>(resource.kind)].push_back(&resource);
    index.has_known = index.has_known || resource.cluster == every_cluster;
    if (resource.kind == Kind::other) continue;
    index_identity(index, resource);
    if (resource.linted()) index.evidence.insert(evidence_key(input, resource, resource.kind, resource.ns));
    if (is_workload(resource.kind)) index_workload(index, resource);
    index_secret(index, resource);
    index_relations(index, resource);
  }
  for (auto* sealed : {&index.by_identity, &index.by_name, &index.uncertain, &index.gateways_by_selector, &index.service_entries_by_host,
                       &index.policies_by_namespace, &index.policies_for_all, &index.secrets}) {
    sealed->seal();
  }
  index.workloads_by_label.seal();
  index.workloads_by_namespace.seal();
}

}  // namespace hop
