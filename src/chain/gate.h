#pragma once
// What lets a request in at the pods that take it: the AuthorizationPolicies and NetworkPolicies in force there. Knows nothing of ways.

#include <deque>
#include <vector>

#include "chain/request.h"
#include "graph/authorization.h"
#include "graph/network_policies.h"

namespace hop {

/// A place where policies are enforced, as one sender comes to it.
struct Gate {
  std::vector<const PoliciesInForce*>
      pods;  ///< of each kind of pods that may take the request; none without policies where another has some
  Asked::Sees sees = Asked::Sees::unknown;
  PeerName peer;
  std::optional<std::int64_t> port;  ///< of the pods
  Admission network;                 ///< what NetworkPolicies say, whatever is asked
};

/// All gates of a HopGraph, and what they point at.
struct Gates {
  explicit Gates(const Graph& graph) : authorizations(graph), network(graph) {}
  Authorizations authorizations;
  NetworkPolicies network;
  std::deque<Gate> all;  ///< links point at them
};

/// What routes before it have made of a request.
struct RewrittenRequest {
  std::optional<std::string> host, path;
  bool host_known = true, path_known = true;
  /// A route of a VirtualService, or a rule of the Gateway API, that rewrites what it takes.
  void apply(const Hop& route, const Request& request);
};

/// `port`: of the listener that the request came to; nothing inside the mesh, where hosts are written in many ways.
Admission admit(const Gate& gate, const std::vector<std::string_view>& trust_domains, const Request& request,
                const RewrittenRequest& rewritten, std::optional<std::int64_t> port);

}  // namespace hop
