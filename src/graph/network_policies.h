#pragma once
// Which NetworkPolicies isolate pods, and whether they let a connection in. Whether the cluster's network enforces them at all is told by
// no manifest. Source: kubernetes.io/docs/concepts/services-networking/network-policies.

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/graph.h"

namespace hop {

/// Who opens a connection, and to which port of the pods.
struct Connection {
  bool from_outside = false;      ///< no pod of the cluster does: a load balancer
  const Resource* pod = nullptr;  ///< the workload that does; nullptr where it is not known
  std::optional<std::int64_t> port;
  std::vector<std::string_view> port_names;  ///< what containers call it
};

/// Built once; linear in policies and in the workloads that they select.
class NetworkPolicies {
 public:
  explicit NetworkPolicies(const Graph& graph);
  bool empty() const { return named_.empty() && wide_.empty(); }
  /// Whether the policies let it in, were they enforced; `by` is one that does not for certain.
  struct Answer {
    Truth let_in = Truth::yes;
    const Resource* by = nullptr;
  };
  Answer ask(const Workload& workload, const Connection& connection) const;

 private:
  Truth fits(const NetworkPolicy& policy, yaml::Node rule, const Connection& connection) const;
  Truth fits_peer(const NetworkPolicy& policy, yaml::Node peer, const Connection& connection) const;
  Truth fits_namespace(yaml::Node selector, const Resource& pod) const;
  Graph graph_;
  std::unordered_map<std::uint32_t, std::vector<NetworkPolicy>> named_;                    ///< with labels, by workload
  std::map<std::pair<std::uint16_t, std::string_view>, std::vector<NetworkPolicy>> wide_;  ///< others, by namespace
};

/// The names by which containers of the pods declare a port.
std::vector<std::string_view> names_of_port(const Workload& workload, std::int64_t port);

}  // namespace hop
