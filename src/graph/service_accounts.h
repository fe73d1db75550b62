#pragma once
// Service accounts that exist or are used, and the identities they give to workloads.
// Source: istio.io/docs/concepts/security, spiffe://<trust domain>/ns/<namespace>/sa/<service account>.

#include <cstdint>
#include <map>
#include <string>

#include "graph/graph.h"

namespace hop {

/// Built once per check; linear in workloads.
class ServiceAccounts {
 public:
  /// `machines`: what runs as an account includes WorkloadEntries and WorkloadGroups.
  enum class Users : std::uint8_t { pods, machines };
  ServiceAccounts(const Graph& graph, Users users);
  /// Found if a ServiceAccount of that name or a workload that runs as it is among the manifests of the cluster that `from` is in.
  Lookup find(const Resource& from, std::string_view ns, std::string_view name) const;
  /// Whether another cluster has it.
  bool is_elsewhere(const Resource& from, std::string_view ns, std::string_view name) const;
  /// Calls `fits` with `ns/<namespace>/sa/<name>` of each in the cluster of `from` until one answers true.
  template <class Predicate>
  bool any(const Resource& from, Predicate fits) const {
    for (const auto& [text, resource] : identities_) {
      if (graph_.sees(from, *resource) && fits(std::string_view(text))) return true;
    }
    return false;
  }

 private:
  Graph graph_;
  std::multimap<std::string, const Resource*> identities_;  ///< with whoever has it
};

}  // namespace hop
