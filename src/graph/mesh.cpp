// Effective mesh settings: the installation's configuration, injection, mTLS.

#include "graph/mesh.h"

#include <algorithm>

#include "graph/graph.h"
#include "graph/index.h"
#include "graph/reads.h"
#include "model/istio/views.h"

namespace hop {
namespace {

/// `istio` and `istio-<revision>`, the ConfigMap istiod reads.
bool is_mesh_config_map(const Resource& resource) {
  return (resource.name == "istio" || resource.name.starts_with("istio-")) && ConfigMap(resource).data()["mesh"].is_scalar();
}

}  // namespace

void add_mesh_config(Index& index, const Resource& resource, yaml::Node node) {
  index.mesh_configs.push_back({&resource, node});
  index.mesh_configured = index.mesh_configured || resource.origin != Origin::known;
  if (const auto root = text_of(node["rootNamespace"]); root.is_known()) index.root_namespace = *root;
}

namespace {

bool says_something(yaml::Node node) { return node && !node.is_null() && (node.is_scalar() || node.size() > 0); }

std::uint64_t setting_key(std::uint16_t cluster, std::string_view path) { return KeyHash().add(cluster).add(path).value(); }

/// By what they say: of thousands of installations hardly one says what everybody asks for.
void index_settings(Index& index) {
  constexpr std::string_view within = "defaultConfig";
  for (std::uint32_t at = 0; at < index.mesh_configs.size(); ++at) {
    const auto& [resource, node] = index.mesh_configs[at];
    const auto add = [&](std::string_view path, yaml::Node value) {
      if (says_something(value)) index.mesh_settings.add(setting_key(resource->cluster, path), at);
    };
    for (const auto& [key, value] : node.entries()) add(key.str(), value);
    for (const auto& [key, value] : node[within].entries()) add(std::string(within) + "." + std::string(key.str()), value);
  }
  index.mesh_settings.seal(false);
  if (!index.names->has_crowds) return;
  index.mesh_settings.set_apart([&](std::uint32_t at) { return CopyOf{0, at, index.mesh_configs[at].resource->variant}; });
}

yaml::Node node_at(yaml::Node node, std::string_view path) {
  const std::size_t dot = path.find('.');
  return dot == std::string_view::npos ? node[path] : node[path.substr(0, dot)][path.substr(dot + 1)];
}

}  // namespace

template <class Visit>
void Graph::visit_mesh_settings(const Resource& from, std::string_view path, Visit visit) const {
  note(Facet::mesh);
  std::vector<std::span<const std::uint32_t>> parts;
  const auto add = [&](std::uint16_t cluster) {
    for (const auto part : index_->mesh_settings.seen(setting_key(cluster, path), from.variant)) {
      if (!part.empty()) parts.push_back(part);
    }
  };
  add(every_cluster);
  if (from.cluster != every_cluster) add(from.cluster);
  for (std::uint16_t cluster = 0; from.cluster == every_cluster && cluster < index_->cluster_names.size(); ++cluster) add(cluster);
  while (!parts.empty()) {
    const auto first = std::ranges::min_element(parts, {}, [](const auto& part) { return part.front(); });
    const MeshConfig& config = index_->mesh_configs[first->front()];
    if (sees(from, *config.resource) && visit(node_at(config.node, path))) return;
    *first = first->subspan(1);
    if (first->empty()) parts.erase(first);
  }
}

yaml::Node Graph::mesh_setting(const Resource& from, std::string_view path) const {
  yaml::Node found;
  visit_mesh_settings(from, path, [&](yaml::Node node) {
    found = node;
    return true;
  });
  return found;
}

std::vector<yaml::Node> Graph::mesh_settings(const Resource& from, std::string_view path) const {
  std::vector<yaml::Node> found;
  visit_mesh_settings(from, path, [&](yaml::Node node) {
    found.push_back(node);
    return false;
  });
  return found;
}

void read_mesh(const Environment& environment, Index& index) {
  for (const Resource* resource : index.by_kind[static_cast<std::size_t>(Kind::config_map)]) {
    if (!is_mesh_config_map(*resource)) continue;
    index.documents.push_back(ConfigMap(*resource).data()["mesh"].inner());
    add_mesh_config(index, *resource, index.documents.back()->root());
  }
  for (const Resource* resource : index.by_kind[static_cast<std::size_t>(Kind::istio_operator)]) {
    const IstioOperator install(*resource);
    if (install.mesh_config() || !install.values()["meshConfig"]) add_mesh_config(index, *resource, install.mesh_config());
    if (install.values()["meshConfig"]) add_mesh_config(index, *resource, install.values()["meshConfig"]);
    for (yaml::Node domain : {install.values()["global"]["proxy"]["clusterDomain"]}) {
      if (const auto text = text_of(domain); text.is_known()) index.cluster_domain = *text;
    }
  }
  read_installed_mesh(index);
  index_settings(index);
  const auto& policies = index.by_kind[static_cast<std::size_t>(Kind::peer_authentication)];
  index.mesh_configured =
      index.mesh_configured || std::any_of(policies.begin(), policies.end(), [](const Resource* policy) { return policy->linted(); });
  if (!environment.root_namespace.empty()) index.root_namespace = environment.root_namespace;
  if (!environment.cluster_domain.empty()) index.cluster_domain = environment.cluster_domain;
}

namespace {

/// What a label or annotation that switches injection on or off says; nothing if it is absent or says neither.
std::optional<Injection> switched(yaml::Node node) {
  const auto text = text_of(node);
  if (text.is_absent()) return std::nullopt;
  if (text.is_unknown()) return Injection{Dataplane::unknown, node};
  return Injection{*text == "true" || *text == "enabled" ? Dataplane::sidecar : Dataplane::none, node};
}

/// A revision label means injection by that revision; "istio-injection" wins where both stand.
std::optional<Injection> by_namespace_labels(yaml::Node labels) {
  if (auto injection = switched(labels["istio-injection"])) {
    // Unlike the pods' label it knows no `true`.
    if (labels["istio-injection"].str() == "true") injection->plane = Dataplane::none;
    return injection;
  }
  if (const yaml::Node revision = labels["istio.io/rev"]; revision && !revision.is_null()) return Injection{Dataplane::sidecar, revision};
  if (labels["istio.io/dataplane-mode"].str() == "ambient") return Injection{Dataplane::ambient, labels["istio.io/dataplane-mode"]};
  return std::nullopt;
}

}  // namespace

Injection Graph::injection(const Namespace& ns) const {
  note(Facet::injection, [](Reads&) {});  // nothing but its labels
  if (ns->opaque) return {};
  for (const auto& [key, value] : ns->labels().entries()) {
    if (yaml::is_placeholder(key.str())) return {Dataplane::unknown, key};
  }
  return by_namespace_labels(ns->labels()).value_or(Injection{Dataplane::none, {}});
}

Injection injection_of(const Graph& graph, const Workload& workload) {
  if (workload.proxy()) return {Dataplane::sidecar, workload.pod_spec()["containers"]};
  // Written by Istio's CNI node agent when it takes a pod in.
  if (const yaml::Node taken = workload.pod_annotation("ambient.istio.io/redirection"); taken.str() == "enabled")
    return {Dataplane::ambient, taken};
  if (workload->opaque) return {};
  if (const auto host_network = boolean_of(workload.pod_spec()["hostNetwork"]); host_network.is_known() && *host_network) {
    return {Dataplane::none, host_network.node()};
  }
  const yaml::Node labels = workload.labels().node;
  if (auto injection = switched(labels["sidecar.istio.io/inject"])) return *injection;
  if (auto injection = switched(workload.pod_annotation("sidecar.istio.io/inject"))) return *injection;
  if (const yaml::Node mode = labels["istio.io/dataplane-mode"])
    return {mode.str() == "ambient" ? Dataplane::ambient : Dataplane::none, mode};
  if (workload->ns.empty()) return {};
  const Lookup ns = graph.find(*workload, Kind::namespace_, "", workload->ns);
  if (!ns.found()) return {};
  const Injection inherited = graph.injection(Namespace(*ns.target));
  if (inherited.plane != Dataplane::none) return inherited;
  if (const yaml::Node revision = labels["istio.io/rev"]) return {Dataplane::sidecar, revision};
  return inherited;
}

namespace {

/// Calls `visit` with the policies filed under a namespace that `seeker` sees, in path order, until it returns true; whether it did.
template <class Visit>
bool any_policy(const Graph& graph, const HashIndex<const Resource*>& filed, const Resource& seeker, std::string_view ns, Visit visit) {
  for (std::uint16_t cluster : {seeker.cluster, every_cluster}) {
    for (const Resource* policy : filed.find(namespace_key(cluster, Kind::peer_authentication, ns))) {
      if (graph.sees(seeker, *policy) && visit(PeerAuthentication(*policy))) return true;
    }
    if (seeker.cluster == every_cluster) break;
  }
  return false;
}

/// Takes over what a policy says unless it says nothing.
bool decide(EffectiveMtls& effective, const PeerAuthentication& policy, yaml::Node mode) {
  if (policy->opaque || !policy->ns_known) effective.known = false;
  const auto said = mtls_mode(mode);
  if (said.is_absent() || (said.is_known() && *said == MtlsMode::unset)) return false;
  effective.mode = said.value_or(MtlsMode::permissive);
  effective.known = effective.known && said.is_known();
  effective.policy = policy.resource;
  effective.decided_by = mode;
  return true;
}

/// Policies without selector: the namespace's own, then the root namespace's.
bool decide_by_scope(const Graph& graph, const Index& index, const Resource& seeker, std::string_view ns, EffectiveMtls& effective) {
  const auto decides = [&](const PeerAuthentication& policy) { return decide(effective, policy, policy.mode()); };
  if (any_policy(graph, index.policies_for_all, seeker, ns, decides)) return true;
  // A policy without a namespace may be meant for any.
  const auto is_there = [](const PeerAuthentication&) { return true; };
  if (!ns.empty() && any_policy(graph, index.policies_by_namespace, seeker, "", is_there)) effective.known = false;
  return any_policy(graph, index.policies_for_all, seeker, index.root_namespace, decides);
}

yaml::Node port_mode(const PeerAuthentication& policy, std::int64_t port) {
  for (const auto& [key, value] : policy.port_modes()) {
    if (const auto number = integer_of(key, true); number.is_known() && *number == port) return value["mode"];
  }
  return {};
}

}  // namespace

namespace {

/// Policies that select pods with these labels, then those without selector.
EffectiveMtls mtls_of_labels(const Graph& graph, const Index& index, const Resource& from, Labels labels,
                             std::optional<std::int64_t> port) {
  EffectiveMtls effective;
  if (!from.ns_known) effective.known = false;
  const auto decides = [&](const PeerAuthentication& policy) {
    // In the root namespace those with a selector are ignored. Source: istio.io PeerAuthentication reference.
    if (!policy.selects_workloads() || policy->ns == index.root_namespace) return false;
    const Truth match = matches(policy.selector(), labels);
    if (match == Truth::unknown) effective.known = false;
    if (match != Truth::yes) return false;
    return (port && decide(effective, policy, port_mode(policy, *port))) || decide(effective, policy, policy.mode());
  };
  if (!any_policy(graph, index.policies_by_namespace, from, from.ns, decides)) decide_by_scope(graph, index, from, from.ns, effective);
  return effective;
}

}  // namespace

namespace {

/// Policies of the namespace, of no namespace and of the root namespace.
void note_policies(Reads& reads, std::string_view ns, std::string_view root) {
  for (std::string_view place : {ns, root, std::string_view()}) reads.in_namespace(Kind::peer_authentication, place);
  reads.all(Facet::mesh);
}

}  // namespace

EffectiveMtls Graph::mtls(const Workload& workload, std::optional<std::int64_t> port) const {
  note(Facet::mtls, [&](Reads& reads) { note_policies(reads, workload->ns, index_->root_namespace); });
  return mtls_of_labels(*this, *index_, *workload, workload.labels(), port);
}

EffectiveMtls Graph::mtls(const Resource& from, Labels labels) const {
  note(Facet::mtls, [&](Reads& reads) { note_policies(reads, from.ns, index_->root_namespace); });
  return mtls_of_labels(*this, *index_, from, labels, std::nullopt);
}

EffectiveMtls Graph::mtls(const Namespace& ns) const {
  note(Facet::mtls, [&](Reads& reads) { note_policies(reads, ns->name, index_->root_namespace); });
  EffectiveMtls effective;
  if (!ns->name_known) effective.known = false;
  decide_by_scope(*this, *index_, *ns, ns->name, effective);
  return effective;
}

EffectiveMtls Graph::mtls_of_namespace(const Resource& resource) const {
  note(Facet::mtls, [&](Reads& reads) { note_policies(reads, resource.ns, index_->root_namespace); });
  EffectiveMtls effective;
  if (!resource.ns_known) effective.known = false;
  decide_by_scope(*this, *index_, resource, resource.ns, effective);
  return effective;
}

}  // namespace hop
