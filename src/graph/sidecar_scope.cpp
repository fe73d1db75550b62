#include "graph/sidecar_scope.h"

#include <algorithm>

#include "model/host.h"
#include "model/istio/policy_views.h"

namespace hop {
namespace {

/// Whether the namespace part of an egress host means `owner`; `.` is the namespace of the proxies, `~` none.
bool means(std::string_view part, std::string_view proxies, std::string_view owner) {
  return part == "*" || owner == (part == "." ? proxies : part);
}

}  // namespace

SidecarScopes::SidecarScopes(const Graph& graph) : graph_(graph) {
  for (const Sidecar& sidecar : graph.all<Sidecar>()) {
    if (!sidecar.selects_workloads() && sidecar->ns_known) defaults_.emplace(sidecar->ns, sidecar.resource);
  }
  if (defaults_.empty()) return;
  for (const auto& [ns, sidecar] : defaults_) namespaces_.insert(ns);
  for (const Namespace& ns : graph.all<Namespace>()) namespaces_.insert(ns->name);
  for (const Workload& workload : graph.workloads()) namespaces_.insert(workload->ns);
}

const Resource* SidecarScopes::holding(const Resource& from, std::string_view ns) const {
  for (const std::string_view place : {ns, graph_.root_namespace()}) {
    const auto [first, last] = defaults_.equal_range(place);
    for (auto at = first; at != last; ++at) {
      if (graph_.sees(from, *at->second)) return at->second;
    }
  }
  return nullptr;
}

const Resource* SidecarScopes::of_namespace(const Resource& resource) const { return holding(resource, resource.ns); }

bool SidecarScopes::sees_both(std::string_view ns, const Offer& a, const Offer& b) const {
  if (a.seen->in(ns) != Truth::yes || b.seen->in(ns) != Truth::yes) return false;
  const Resource* sidecar = holding(*a.resource, ns);
  if (sidecar == nullptr) return true;
  return imports(graph_, *sidecar, ns, *a.resource, a.host) == Truth::yes &&
         imports(graph_, *sidecar, ns, *b.resource, b.host) == Truth::yes;
}

bool SidecarScopes::meet(const Offer& a, const Offer& b) const {
  if (hop::meet(*a.seen, *b.seen) != Truth::yes) return false;
  if (defaults_.empty()) return true;
  // Where not everything is among the manifests, there are namespaces that nobody has named yet.
  constexpr std::string_view elsewhere = "?";
  if (!graph_.complete("") && sees_both(elsewhere, a, b)) return true;
  const auto both = [&](std::string_view ns) { return sees_both(ns, a, b); };
  return both(a.resource->ns) || both(b.resource->ns) || std::any_of(namespaces_.begin(), namespaces_.end(), both);
}

Truth imports(const Graph& graph, const Resource& sidecar, std::string_view ns, const Resource& owner, std::string_view host) {
  const Sidecar view(sidecar);
  if (sidecar.opaque) return Truth::unknown;
  if (sidecar.spec()["egress"].size() == 0) return Truth::yes;
  // A Service is where its name says; what lies outside of the mesh is where it was declared.
  const auto service = service_host(host, graph.cluster_domain());
  const std::string_view home = service && !service->ns.empty() && owner.kind != Kind::virtual_service ? service->ns : owner.ns;
  Truth any = Truth::no;
  for (yaml::Node node : view.egress_hosts()) {
    const auto text = text_of(node);
    if (!text.is_known()) return Truth::unknown;
    const GatewayHost named = gateway_host(*text);
    if (!means(named.ns, ns, home)) continue;
    const std::string full = named.host == "*" ? "*" : graph.full_host(sidecar, named.host);
    any = any || truth(hosts_overlap(full, host));
  }
  return any;
}

}  // namespace hop
