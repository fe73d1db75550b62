#pragma once
// Which AuthorizationPolicies hold at pods, and whether they let a request in. Knows nothing of chains.
// Sources: istio.io AuthorizationPolicy and "Authorization Policy Conditions"; istio/istio pilot/pkg/model/policyattachment.go,
// pilot/pkg/security/authz/model.

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/fit.h"
#include "graph/graph.h"
#include "graph/peer_name.h"

namespace hop {

/// What a proxy sees of a request, or of every request of a kind.
struct Asked {
  enum class Sees : std::uint8_t {
    requests,
    connections,  ///< a port that is not HTTP: nothing but peer and port can be compared
    ztunnel,      ///< ambient mode: the same, and what asks for more is not what it seems
    unknown
  };
  Sees sees = Sees::unknown;
  PeerName peer;
  std::optional<std::int64_t> port;  ///< of the pods
  OpenText host, path, method;
  bool open = false;  ///< headers, tokens and the client's address are up to the client
};

/// The policies in force at one place.
struct PoliciesInForce {
  std::vector<const Resource*> policies;  ///< in resource order
  const Resource* perhaps = nullptr;      ///< one of which it is not known whether it holds here
  bool empty() const { return policies.empty() && perhaps == nullptr; }
  bool operator==(const PoliciesInForce&) const = default;
};

/// Whether a request is let in, and what decides it.
struct Admission {
  Truth let_in = Truth::yes;
  std::string reason;                ///< unless it is
  const Resource* policy = nullptr;  ///< unless it is
  yaml::Node place;                  ///< in the policy
};
Admission admission(const PoliciesInForce& in_force, const Asked& asked, const std::vector<std::string_view>& trust_domains);

/// Policies by what they apply to. Built once; linear in policies and in the workloads that they select.
class Authorizations {
 public:
  explicit Authorizations(const Graph& graph);
  /// Those that sidecars, gateways and ztunnel enforce.
  const PoliciesInForce& of(const Workload& workload);
  /// The same of pods that are not among the manifests, in the namespace of `resource`.
  const PoliciesInForce& of_namespace(const Resource& resource);
  /// Those of a waypoint before a Service: only what targets one of the two, or all waypoints.
  const PoliciesInForce& of_waypoint(const Resource& waypoint, const Resource& service);
  const std::vector<std::string_view>& trust_domains() const { return trust_domains_; }

 private:
  using Place = std::pair<std::uint16_t, std::string_view>;  ///< cluster and namespace
  using Policies = std::vector<const Resource*>;             ///< in resource order
  void add(const Resource& policy);
  void add_target(const Resource& policy, yaml::Node target);
  void take(const Resource& user, const Policies& policies, PoliciesInForce& found) const;
  /// Those of all groups.
  void take_selecting(const Resource& user, const std::vector<const Policies*>& groups, PoliciesInForce& found) const;
  /// `open`: a selector may be for the pods.
  void take_wide(const Resource& user, bool open, PoliciesInForce& found) const;
  Graph graph_;
  std::vector<std::string_view> trust_domains_;
  std::map<Place, Policies> wide_;                                            ///< without selector, by namespace
  std::map<Place, const Resource*> perhaps_;                                  ///< whose selector or place is not known
  std::map<Place, const Resource*> selecting_;                                ///< one with a selector
  std::unordered_map<const Graph::Selection*, Policies> selecting_same_;      ///< by what they select
  std::unordered_map<std::uint32_t, std::vector<const Policies*>> selected_;  ///< the same by workload
  std::unordered_map<std::uint32_t, Policies> targeted_;                      ///< by Service or Gateway of the Gateway API
  Policies for_waypoints_;                                                    ///< of the class of all waypoints
  std::unordered_map<std::uint32_t, PoliciesInForce> found_;                  ///< by workload
  std::map<Place, PoliciesInForce> in_namespace_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, PoliciesInForce> at_waypoint_;  ///< by waypoint and Service
};

}  // namespace hop
