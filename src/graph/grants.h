#pragma once
// Whether a ReferenceGrant lets objects of one namespace name those of another.
// Source: gateway-api.sigs.k8s.io/api-types/referencegrant.

#include <cstdint>
#include <string_view>

#include "graph/graph.h"
#include "graph/hash_index.h"

namespace hop {

/// Built once per check; linear in the grants and in the pairs of what each lists, which are few.
class ReferenceGrants {
 public:
  explicit ReferenceGrants(const Graph& graph);
  /// Whether `from`, of this kind, may name an object of that kind, namespace and name. Unknown where a placeholder decides.
  Truth allow(const Resource& from, std::string_view from_kind, std::string_view ns, std::string_view kind, std::string_view name) const;

 private:
  Graph graph_;
  /// By their own namespace, the one they let name something, and what is named; a grant may be there twice.
  HashIndex<const Resource*> grants_;
};

}  // namespace hop
