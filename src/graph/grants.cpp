#include "graph/grants.h"

#include "model/gatewayapi/views.h"

namespace hop {
namespace {

constexpr std::string_view any_ns = "${}";  ///< of a grant that may be for any namespace

std::uint64_t key_of(std::string_view ns, std::string_view from_ns) { return KeyHash().add(ns).add(from_ns).value(); }

}  // namespace

ReferenceGrants::ReferenceGrants(const Graph& graph) : graph_(graph) {
  for (const ReferenceGrant& grant : graph.all<ReferenceGrant>()) {
    if (grant->opaque) grants_.add(key_of(grant->ns, any_ns), grant.resource);
    for (yaml::Node item : grant.from()) {
      const auto ns = text_of(item["namespace"]);
      if (!ns.is_absent()) grants_.add(key_of(grant->ns, ns.is_known() ? *ns : any_ns), grant.resource);
    }
  }
  grants_.seal();
}

Truth ReferenceGrants::allow(const Resource& from, std::string_view from_kind, std::string_view ns, std::string_view kind,
                             std::string_view name) const {
  Truth any = Truth::no;
  for (const std::string_view from_ns : {from.ns, any_ns}) {
    for (const Resource* grant : grants_.find(key_of(ns, from_ns))) {
      if (any == Truth::yes) return any;
      if (graph_.sees(from, *grant)) any = any || ReferenceGrant(*grant).allows(from.ns, from_kind, kind, name);
    }
  }
  return any;
}

}  // namespace hop
