// References: which places of which kinds name another resource, and what they find.

#include <algorithm>
#include <optional>
#include <ranges>
#include <set>
#include <string>

#include "graph/earlier.h"
#include "graph/graph.h"
#include "graph/index.h"
#include "graph/once.h"
#include "model/broken.h"
#include "model/gatewayapi/views.h"
#include "model/host.h"
#include "model/istio/policy_views.h"
#include "model/istio/views.h"
#include "model/k8s/pod_references.h"
#include "model/k8s/views.h"
#include "text/format.h"
#include "text/permute.h"

namespace hop {
namespace {

class Resolver {
 public:
  Resolver(const Graph& graph, Index& index, const Earlier* earlier)
      : graph_(index.keeps_reads ? graph.noting(reads_) : graph), index_(index), earlier_(earlier) {}

  void run() {
    index_.destinations_begin.resize(index_.resources.size() + 1);
    if (earlier_ != nullptr) index_.edges.reserve(earlier_->index().edges.size());
    if (index_.keeps_reads) index_.edge_reads.open(index_.resources.size());
    const auto each = [&](Kind kind, auto from) {
      for (const Resource* resource : graph_.of(kind)) resolve(*resource, [&] { from(*resource); });
    };
    each(Kind::ingress, [&](const Resource& resource) { from_ingress(Ingress(resource)); });
    each(Kind::virtual_service, [&](const Resource& resource) { from_virtual_service(VirtualService(resource)); });
    each(Kind::destination_rule, [&](const Resource& resource) { from_destination_rule(DestinationRule(resource)); });
    each(Kind::gateway, [&](const Resource& resource) { from_gateway(Gateway(resource)); });
    for (const Workload& workload : index_.workloads) {
      resolve(*workload, [&] {
        from_workload(workload);
        if (workload->kind == Kind::stateful_set) from_stateful_set(StatefulSet(*workload));
      });
    }
    each(Kind::horizontal_pod_autoscaler, [&](const Resource& resource) { from_autoscaler(HorizontalPodAutoscaler(resource)); });
    for (Kind kind : RoleBinding::kinds) each(kind, [&](const Resource& resource) { from_role_binding(RoleBinding(resource)); });
    each(Kind::target_group_binding, [&](const Resource& resource) {
      add_named(Relation::targetgroupbinding_service, resource, TargetGroupBinding(resource).service(), Kind::service);
    });
    each(Kind::k8s_gateway, [&](const Resource& resource) { from_listeners(K8sGateway(resource)); });
    for (Kind kind :
         {Kind::authorization_policy, Kind::request_authentication, Kind::telemetry, Kind::wasm_plugin, Kind::traffic_extension}) {
      each(kind, [&](const Resource& resource) { from_policy(resource); });
    }
    sort();
    link_destinations();
  }

 private:
  /// References of one resource, and what they looked into.
  template <class From>
  void resolve(const Resource& resource, From from) {
    if (takes_over(resource)) return;
    reads_.clear();
    from();
    if (index_.keeps_reads) index_.edge_reads.keep(resource, reads_.take());
  }

  /// Those of the graph before, if they hold on.
  bool takes_over(const Resource& resource) {
    const Resource* const was = earlier_ == nullptr ? nullptr : earlier_->was(resource);
    // What a Gateway names is looked for in the namespace of its pods: that text may have moved with them.
    if (was == nullptr || resource.kind == Kind::gateway) return false;
    const Index& before = earlier_->index();
    const auto cells = before.edge_reads.of(*was);
    if (earlier_->changes().reach(cells)) return false;
    const std::size_t done = index_.edges.size();
    for (const Edge* then : before.edges_from.find(was->id)) {
      Edge& edge = index_.edges.emplace_back(*then);
      edge.from = &resource;
      if (earlier_->bring_here(edge.to)) continue;
      index_.edges.resize(done);
      return false;
    }
    if (resource.kind == Kind::virtual_service && resource.linted()) {
      for (std::uint32_t i = before.destinations_begin[was->id]; i < before.destinations_begin[was->id + 1]; ++i) {
        index_.destinations.push_back({before.destinations[i], before.destinations[i].full_host, nullptr});
      }
      index_.destinations_begin[resource.id + 1] = static_cast<std::uint32_t>(index_.destinations.size());
    }
    index_.edge_reads.keep(resource, cells);
    return true;
  }

  void add(Relation relation, const Resource& from, yaml::Node place, std::string_view ns, std::string_view name, Lookup to,
           Kind kind = Kind::other) {
    if (!is_written(from) || !place.is_scalar() || place.is_null()) return;
    index_.edges.push_back({relation, kind, &from, place, ns, name, std::move(to)});
  }

  /// A name in the resource's own namespace.
  void add_named(Relation relation, const Resource& from, yaml::Node place, Kind kind) {
    if (is_written(from) && !place.str().empty()) {
      add(relation, from, place, from.ns, place.str(), graph_.find(from, kind, from.ns, place.str()), kind);
    }
  }

  void from_workload(const Workload& workload) {
    if (!is_written(*workload)) return;
    for (const PodReference& reference : pod_references(workload)) {
      if (reference.kind == Kind::secret) {
        add(Relation::workload_needs, *workload, reference.name, workload->ns, reference.name.str(),
            own_secret(*workload, reference.name.str()), Kind::secret);
      } else if (reference.kind != Kind::persistent_volume_claim || !is_made_by_stateful_set(*workload, reference.name.str())) {
        add_named(Relation::workload_needs, *workload, reference.name, reference.kind);
      }
    }
    const yaml::Node spec = workload.pod_spec();
    const yaml::Node account = spec["serviceAccountName"] ? spec["serviceAccountName"] : spec["serviceAccount"];
    add_named(Relation::workload_account, *workload, account, Kind::service_account);
  }

  /// Claims of a StatefulSet are called `template-set-ordinal`.
  bool is_made_by_stateful_set(const Resource& workload, std::string_view claim) {
    const std::size_t dash = claim.rfind('-');
    if (dash == std::string_view::npos || claim.find_first_not_of("0123456789", dash + 1) != std::string_view::npos) return false;
    if (index_.keeps_reads) reads_.all(Kind::stateful_set);
    if (!claims_) {
      claims_.emplace();
      for (const Resource* set : graph_.of(Kind::stateful_set)) {
        for (yaml::Node claim_template : set->spec()["volumeClaimTemplates"].items()) {
          claims_->insert(format("{}/{}-{}", set->ns, claim_template["metadata"]["name"].str(), set->name));
        }
      }
    }
    return claims_->contains(format("{}/{}", workload.ns, claim.substr(0, dash)));
  }

  /// Secrets are often made by hand or by operators: that one is missing is known only where everything is among the manifests.
  Lookup own_secret(const Resource& workload, std::string_view name) {
    if (yaml::is_placeholder(name) || !workload.ns_known) return {};
    Lookup lookup = provided_secret(workload, name);
    return lookup.missing() && !graph_.complete(workload.ns) ? Lookup{} : lookup;
  }

  void from_stateful_set(const StatefulSet& set) { add_named(Relation::statefulset_service, *set, set.service_name(), Kind::service); }

  void from_autoscaler(const HorizontalPodAutoscaler& autoscaler) {
    const Kind kind = autoscaler.target_kind();
    if (kind != Kind::other) add_named(Relation::scale_target, *autoscaler, autoscaler.target()["name"], kind);
  }

  void from_role_binding(const RoleBinding& binding) {
    add_named(Relation::role_ref, *binding, binding.role()["name"], binding.role_kind());
    for (yaml::Node subject : binding.subjects()) {
      const yaml::Node name = subject["name"];
      if (subject["kind"].str() != "ServiceAccount" || !is_written(*binding)) continue;
      const std::string_view ns = subject["namespace"] ? subject["namespace"].str() : binding->ns;
      // A kustomization renames the subject's namespace along with the account's.
      const bool moves = !binding->ns_known || (subject["namespace"] && renamed(*binding));
      Lookup to = moves ? Lookup{} : graph_.find(*binding, Kind::service_account, ns, name.str());
      add(Relation::role_subject, *binding, name, ns, name.str(), std::move(to), Kind::service_account);
    }
  }

  /// Whether a kustomization puts the resource into another namespace than the one written in it.
  static bool renamed(const Resource& resource) {
    return !resource.cluster_scoped() && resource.metadata()["namespace"].str() != resource.ns;
  }

  void from_ingress(const Ingress& ingress) {
    if (const yaml::Node name = ingress.class_name()) {
      add(Relation::ingress_class, *ingress, name, "", name.str(), graph_.find(*ingress, Kind::ingress_class, "", name.str()));
    }
    for (const Ingress::Backend& backend : ingress.backends()) {
      // `use-annotation` names an action of the ALB controller, not a Service.
      if (backend.path.port().str() == "use-annotation") continue;
      const yaml::Node name = backend.path.service();
      add(Relation::ingress_backend, *ingress, name, ingress->ns, name.str(),
          graph_.find(*ingress, Kind::service, ingress->ns, name.str()));
    }
  }

  void from_virtual_service(const VirtualService& vs) {
    for (yaml::Node gateway : vs.gateways()) add_gateway(vs, gateway, Relation::virtualservice_gateway);
    for (const char* list : {"http", "tls", "tcp"}) {
      for (yaml::Node route : vs.spec()[list].items()) from_matches(vs, route["match"]);
    }
    for (yaml::Node route : vs.spec()["http"].items()) add_delegate(vs, route["delegate"]);
    for (const RouteDestination& destination : vs.destinations()) {
      const std::string_view host = destination.host().str();
      if (is_broken(*vs)) add(Relation::virtualservice_destination, *vs, destination.host(), vs->ns, host, graph_.find_host(*vs, host));
      if (!vs->linted()) continue;
      const std::string_view full = host.empty() ? host : index_.strings->keep(graph_.full_host(*vs, host));
      index_.destinations.push_back({destination, full, nullptr});
      add(Relation::virtualservice_destination, *vs, destination.host(), vs->ns, host, graph_.find_host(*vs, host));
    }
    index_.destinations_begin[vs->id + 1] = static_cast<std::uint32_t>(index_.destinations.size());
  }

  /// Gives each destination its edge: both stand in the same order, but a destination without a host has none.
  void link_destinations() {
    const auto edges = graph_.edges(Relation::virtualservice_destination);
    auto edge = edges.begin();
    for (Destination& destination : index_.destinations) {
      if (edge != edges.end() && edge->place == destination.host()) destination.edge = &*edge++;
    }
    for (std::size_t i = 1; i < index_.destinations_begin.size(); ++i) {
      index_.destinations_begin[i] = std::max(index_.destinations_begin[i], index_.destinations_begin[i - 1]);
    }
  }

  void from_matches(const VirtualService& vs, yaml::Node matches) {
    for (yaml::Node match : matches.items()) {
      for (yaml::Node gateway : match["gateways"].items()) add_gateway(vs, gateway, Relation::virtualservice_match_gateway);
    }
  }

  /// A delegate without a namespace is in the VirtualService's own.
  void add_delegate(const VirtualService& vs, yaml::Node delegate) {
    const std::string_view ns = text_of(delegate["namespace"]).is_absent() ? vs->ns : delegate["namespace"].str();
    const std::string_view name = delegate["name"].str();
    add(Relation::virtualservice_delegate, *vs, delegate["name"], ns, name, graph_.find(*vs, Kind::virtual_service, ns, name));
  }

  void from_policy(const Resource& policy) {
    for (yaml::Node target : target_refs(policy)) {
      const Kind kind = target_kind(target);
      if (kind == Kind::other) continue;
      const std::string_view ns = info(kind).scope == Scope::cluster ? std::string_view() : policy.ns;
      const std::string_view name = target["name"].str();
      add(Relation::policy_target, policy, target["name"], ns, name, graph_.find(policy, kind, ns, name), kind);
    }
  }

  /// Files and other kinds are left to the controller.
  void from_listeners(const K8sGateway& gateway) {
    for (yaml::Node listener : gateway.listeners()) {
      for (yaml::Node ref : listener["tls"]["certificateRefs"].items()) {
        const auto kind = text_of(ref["kind"]);
        const auto ns = text_of(ref["namespace"]);
        const auto name = text_of(ref["name"]);
        if (kind.value_or("Secret") != "Secret" || kind.is_unknown() || ns.is_unknown() || !name.is_known()) continue;
        Resource seeker = *gateway;
        if (ns.is_known()) seeker.ns = *ns;
        add(Relation::listener_certificate, *gateway, ref["name"], seeker.ns, *name, weak(provided_secret(seeker, *name), seeker.ns));
      }
    }
  }

  /// Secrets are often made by hand: that none is here says something only if one of nearly that name is, or one elsewhere.
  Lookup weak(Lookup lookup, std::string_view ns) const {
    if (!lookup.missing() || graph_.complete(ns)) return lookup;
    lookup.strongest = lookup.elsewhere != nullptr || lookup.near != nullptr ? Severity::error : Severity::info;
    return lookup;
  }

  void add_gateway(const VirtualService& vs, yaml::Node place, Relation relation) {
    std::string_view text = place.str();
    if (text == "mesh" || text.find("~istio-autogenerated-k8s-gateway~") != std::string_view::npos) return;
    const std::size_t slash = text.find('/');
    std::string_view ns = slash == std::string_view::npos ? vs->ns : text.substr(0, slash);
    std::string_view name = slash == std::string_view::npos ? text : text.substr(slash + 1);
    // The old form, a Gateway's name as if it were a host, is still understood by Istio: `name.namespace`, whatever follows.
    const std::size_t dot = slash == std::string_view::npos ? text.find('.') : slash;
    if (dot != slash && dot != std::string_view::npos && !yaml::is_placeholder(text)) {
      name = text.substr(0, dot);
      ns = text.substr(dot + 1, text.find('.', dot + 1) - dot - 1);
    }
    Lookup to = graph_.find(*vs, Kind::gateway, ns, name);
    if (!to.found() && !graph_.of(Kind::k8s_gateway).empty()) {
      if (Lookup other = graph_.find(*vs, Kind::k8s_gateway, ns, name); !other.missing()) to = std::move(other);
    }
    add(relation, *vs, place, ns, name, std::move(to));
  }

  void from_destination_rule(const DestinationRule& rule) {
    const std::string_view host = rule.host().str();
    add(Relation::destinationrule_host, *rule, rule.host(), rule->ns, host, graph_.find_host(*rule, host));
  }

  void from_gateway(const Gateway& gateway) {
    for (yaml::Node node : gateway.servers()) {
      const GatewayServer server{node};
      if (server.credential()) add_credential(gateway, server.credential());
      for (yaml::Node credential : server.tls()["credentialNames"].items()) add_credential(gateway, credential);
    }
  }

  void add_credential(const Gateway& gateway, yaml::Node place) {
    std::string_view name = place.str();
    if (name.starts_with("kubernetes://")) name.remove_prefix(13);
    // Other schemes and `file-mount` names are not Secrets.
    if (name.find("://") != std::string_view::npos) return;
    std::string_view ns;
    Lookup to = find_credential(gateway, name, ns);
    add(Relation::gateway_credential, *gateway, place, ns, name, std::move(to));
  }

  /// A credential is read in the namespace of the gateway's pods, not of the Gateway; `ns/name` says which. Of gateways in several
  /// namespaces the Gateway may be for one only: what is provided in one of them is.
  Lookup find_credential(const Gateway& gateway, std::string_view& name, std::string_view& ns) {
    const Graph::Selection& pods = graph_.select(*gateway, gateway.selector(), true);
    const Resource* home = pods.workloads.empty() ? nullptr : pods.workloads.front().resource;
    Resource seeker = home != nullptr ? *home : *gateway;
    const std::size_t slash = name.find('/');
    if (slash != std::string_view::npos) {
      seeker.ns = name.substr(0, slash);
      name.remove_prefix(slash + 1);
    }
    ns = seeker.ns;
    if (yaml::is_placeholder(name) || !seeker.ns_known) return {};
    Lookup lookup = provided_secret(seeker, name);
    if (lookup.missing() && slash == std::string_view::npos && may_be_somewhere(name)) {
      for (const Resource* other : homes_.of(pods, homes_of)) {
        if (other->ns == ns) continue;
        Lookup there = provided_secret(*other, name);
        if (there.missing()) continue;
        lookup = std::move(there);
        ns = other->ns;
        break;
      }
    }
    if (!lookup.missing() || graph_.complete(ns)) return lookup;
    // Secrets are often made by hand, so their absence alone proves little; that the gateway itself is here makes it worth a warning.
    const bool near = lookup.elsewhere != nullptr || lookup.near != nullptr;
    lookup.strongest = near ? Severity::error : home != nullptr ? Severity::warning : Severity::info;
    // Without the gateway's pods nobody knows which namespace it is read in.
    if (home == nullptr && lookup.elsewhere != nullptr) return {};
    return lookup;
  }

  /// The first of the workloads in each namespace.
  static std::vector<const Resource*> homes_of(const Graph::Selection& pods) {
    std::vector<const Resource*> homes;
    std::set<std::string_view> namespaces;
    for (const Workload& workload : pods.workloads) {
      if (namespaces.insert(workload->ns).second) homes.push_back(workload.resource);
    }
    return homes;
  }

  /// Whether there is, or may be, a Secret of this name in some namespace.
  bool may_be_somewhere(std::string_view name) {
    if (index_.keeps_reads) reads_.named(Kind::secret, name);
    return !index_.uncertain_secrets.empty() || !index_.secrets.find(secret_key({}, name)).empty();
  }

  /// The Secret itself or what brings it into being: Certificates, ExternalSecrets, SealedSecrets.
  Lookup provided_secret(const Resource& seeker, std::string_view name) {
    if (index_.keeps_reads) {
      reads_.named(Kind::secret, name);
      reads_.in_namespace(Kind::secret, seeker.ns);
    }
    Lookup lookup = provided_here(seeker, name);
    if (!lookup.missing()) return lookup;
    if (has_uncertain_secrets(seeker)) return {};
    lookup.elsewhere = provider_elsewhere(seeker, name);
    lookup.near = near_name(graph_, index_, seeker, Kind::secret, seeker.ns, name);
    return lookup;
  }

  Lookup provided_here(const Resource& seeker, std::string_view name) const {
    Lookup lookup;
    lookup.state = Found::missing;
    std::vector<const Resource*> found;
    const auto take = [&](const Resource* provider) {
      if (graph_.same_namespace(seeker, *provider) != Truth::yes) return Take::no;
      found.push_back(provider);
      return Take::yes;
    };
    const auto of = [&](const Resource* provider) { return copy_of(index_, *provider); };
    if (seeker.ns_known) index_.secrets.each_near(secret_key(seeker.ns, name), seeker, of, take);
    if (found.empty()) {
      if (may_be_provided(seeker, name)) lookup.state = Found::unknown;
      return lookup;
    }
    std::ranges::sort(found, {}, &Resource::id);
    lookup.state = Found::found;
    lookup.target = found.front();
    if (found.size() > 1) lookup.copies = found;
    return lookup;
  }

  /// Whether one whose namespace is left open, or not known, may be meant.
  bool may_be_provided(const Resource& seeker, std::string_view name) const {
    const auto may_be = [&](const Resource* provider) { return graph_.same_namespace(seeker, *provider) == Truth::unknown; };
    const auto any = [&](std::uint64_t key) {
      return std::ranges::any_of(index_.secrets.seen(key, seeker.variant),
                                 [&](const auto& part) { return std::ranges::any_of(part, may_be); });
    };
    if (seeker.ns.empty() || !seeker.ns_known) return any(secret_key({}, name));
    return any(secret_key("", name)) || any(secret_key(unknown_value, name));
  }

  /// The last one of another namespace.
  const Resource* provider_elsewhere(const Resource& seeker, std::string_view name) const {
    const Resource* last = nullptr;
    for (const auto part : index_.secrets.seen(secret_key({}, name), seeker.variant)) {
      for (const Resource* provider : part | std::views::reverse) {
        if (!graph_.sees(seeker, *provider) || graph_.same_namespace(seeker, *provider) != Truth::no) continue;
        if (last == nullptr || provider->id > last->id) last = provider;
        break;
      }
    }
    return last;
  }

  bool has_uncertain_secrets(const Resource& seeker) const {
    for (const Resource* provider : index_.uncertain_secrets) {
      if (graph_.sees(seeker, *provider)) return true;
    }
    return false;
  }

  /// Those of documents that do not parse behind all others: nothing but from() and to() has them. Edges are large: only their places are
  /// sorted, and each is moved once, where they are.
  void put_in_order() {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
    order.reserve(index_.edges.size());
    for (const Edge& edge : index_.edges) {
      const Relation group = edge.from->linted() ? edge.relation : Relation::count_;
      order.emplace_back(static_cast<std::uint64_t>(group) << 32U | edge.from->id, static_cast<std::uint32_t>(order.size()));
    }
    std::sort(order.begin(), order.end());
    std::vector<std::uint32_t> places;
    places.reserve(order.size());
    for (const auto& [place, at] : order) places.push_back(at);
    permute(index_.edges, std::move(places));
  }

  void sort() {
    put_in_order();
    for (const Edge& edge : index_.edges) {
      if (edge.from->linted()) ++index_.edge_begin[static_cast<std::size_t>(edge.relation) + 1];
      index_.edges_from.add(edge.from->id, &edge);
      if (edge.to.copies.empty() && edge.to.target != nullptr) index_.edges_to.add(edge.to.target->id, &edge);
      for (const Resource* copy : edge.to.copies) index_.edges_to.add(copy->id, &edge);
    }
    index_.edges_from.seal();
    index_.edges_to.seal();
    for (std::size_t i = 1; i < index_.edge_begin.size(); ++i) index_.edge_begin[i] += index_.edge_begin[i - 1];
  }

  Reads reads_;                                       ///< of the resource at hand
  OncePerThing<std::vector<const Resource*>> homes_;  ///< of what Gateways select
  const Graph graph_;
  Index& index_;
  const Earlier* earlier_;
  std::optional<std::set<std::string>> claims_;  ///< namespace and name without ordinal; made when it is first asked for
};

}  // namespace

void resolve_references(const Graph& graph, Index& index, const Earlier* earlier) { Resolver(graph, index, earlier).run(); }

}  // namespace hop
