#include "graph/grants.h"

#include "model/gatewayapi/views.h"

namespace hop {
namespace {

constexpr std::string_view any = "${}";  ///< of a grant that is or may be for any namespace, or any name

std::uint64_t key_of(std::string_view ns, std::string_view from_ns, std::string_view name) {
  return KeyHash().add(ns).add(from_ns).add(name).value();
}

}  // namespace

ReferenceGrants::ReferenceGrants(const Graph& graph) : graph_(graph) {
  for (const ReferenceGrant& grant : graph.all<ReferenceGrant>()) {
    if (grant->opaque) grants_.add(key_of(grant->ns, any, any), grant.resource);
    for (yaml::Node from : grant.from()) {
      const auto ns = text_of(from["namespace"]);
      if (ns.is_absent()) continue;
      for (yaml::Node to : grant.to()) {
        grants_.add(key_of(grant->ns, ns.is_known() ? *ns : any, text_of(to["name"]).value_or(any)), grant.resource);
      }
    }
  }
  grants_.seal();
}

Truth ReferenceGrants::allow(const Resource& from, std::string_view from_kind, std::string_view ns, std::string_view kind,
                             std::string_view name) const {
  Truth allowed = Truth::no;
  for (const std::string_view from_ns : {from.ns, any}) {
    for (const std::string_view named : {name, any}) {
      for (const Resource* grant : grants_.find(key_of(ns, from_ns, named))) {
        if (allowed == Truth::yes) return allowed;
        if (graph_.sees(from, *grant)) allowed = allowed || ReferenceGrant(*grant).allows(from.ns, from_kind, kind, name);
      }
    }
  }
  return allowed;
}

}  // namespace hop
