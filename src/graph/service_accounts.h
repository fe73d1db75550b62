#pragma once
// Service accounts that exist or are used, and the identities they give to workloads.
// Source: istio.io/docs/concepts/security, spiffe://<trust domain>/ns/<namespace>/sa/<service account>.

#include <set>
#include <string>

#include "graph/graph.h"

namespace hop {

/// Built once per check; linear in workloads.
class ServiceAccounts {
 public:
  explicit ServiceAccounts(const Graph& graph);
  /// Found if a ServiceAccount of that name or a workload that runs as it is among the manifests.
  Lookup find(const Resource& from, std::string_view ns, std::string_view name) const;
  /// Calls `fits` with `ns/<namespace>/sa/<name>` of each until one answers true.
  template <class Predicate>
  bool any(Predicate fits) const {
    for (const std::string& identity : identities_) {
      if (fits(std::string_view(identity))) return true;
    }
    return false;
  }

 private:
  Graph graph_;
  std::set<std::string> identities_;
};

}  // namespace hop
