#include "graph/sidecar_scope.h"

#include "model/host.h"
#include "model/istio/policy_views.h"

namespace hop {
namespace {

/// Whether the namespace part of an egress host means the namespace of `owner`; `.` is that of the Sidecar, `~` none.
bool means_namespace(const Resource& sidecar, std::string_view ns, const Resource& owner) {
  if (ns == "*") return true;
  return owner.ns == (ns == "." ? sidecar.ns : ns);
}

}  // namespace

SidecarScopes::SidecarScopes(const Graph& graph) : graph_(graph) {
  for (const Sidecar& sidecar : graph.all<Sidecar>()) {
    if (!sidecar.selects_workloads() && sidecar->ns_known) defaults_.emplace(sidecar->ns, sidecar.resource);
  }
}

const Resource* SidecarScopes::of_namespace(const Resource& resource) const {
  for (const std::string_view ns : {resource.ns, graph_.root_namespace()}) {
    const auto [first, last] = defaults_.equal_range(ns);
    for (auto at = first; at != last; ++at) {
      if (graph_.sees(resource, *at->second)) return at->second;
    }
  }
  return nullptr;
}

Truth imports(const Graph& graph, const Resource& sidecar, const Resource& owner, std::string_view host) {
  const Sidecar view(sidecar);
  if (sidecar.opaque) return Truth::unknown;
  if (sidecar.spec()["egress"].size() == 0) return Truth::yes;
  Truth any = Truth::no;
  for (yaml::Node node : view.egress_hosts()) {
    const auto text = text_of(node);
    if (!text.is_known()) return Truth::unknown;
    const GatewayHost named = gateway_host(*text);
    if (!means_namespace(sidecar, named.ns, owner)) continue;
    const std::string full = named.host == "*" ? "*" : graph.full_host(sidecar, named.host);
    any = any || truth(hosts_overlap(full, host));
  }
  return any;
}

}  // namespace hop
