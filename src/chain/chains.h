#pragma once
// Ways through a HopGraph that one request, or any request, can take: enumerated one by one, never stored together.
// Knows nothing of how they are shown.

#include <functional>
#include <string>
#include <vector>

#include "chain/hop.h"
#include "chain/request.h"

namespace hop {

/// One hop of a chain, with the way into it.
struct ChainStep {
  const Hop* hop = nullptr;    ///< nullptr where the chain ends because nothing takes the request: `link.reason` says so
  const Link* link = nullptr;  ///< nullptr where there is none
  // The link's, with what it leaves to its neighbours filled in.
  std::string_view protocol = {};
  Encryption encryption = Encryption::unknown;
  bool verified = false;
  Verdict verdict = Verdict::ok;
  std::string reason = {};
  const Resource* decided_by = nullptr;  ///< who decides about the link
  yaml::Node place = {};                 ///< where: may be absent
  const Resource* refused_by = nullptr;  ///< the policy that does not let the request in, or may not
  yaml::Node refused_at = {};            ///< where it says so
  std::string_view depends_on = {};      ///< what else decides whether the request comes this way: "headers", …; "" if nothing does
  bool wire = false;                     ///< another party from here on
};

struct Chain {
  std::vector<ChainStep> steps;  ///< never empty
  Request request;               ///< as far as it is known at the end: host and path narrowed
  bool mirror = false;           ///< copies of requests: nobody waits for the answer

  const ChainStep& last() const { return steps.back(); }
  /// broken if a step is, else unknown if one is.
  Verdict verdict() const;
  /// Whether every wire is encrypted.
  Truth encrypted() const;
  /// Whether every wire is encrypted, and those into pods of the mesh are mutual TLS.
  Truth mutual() const;
  /// The step that keeps it from that; nullptr if none does.
  const ChainStep* first(const std::function<bool(const ChainStep&)>& wrong) const;
  /// Whether the client is only sent elsewhere or answered on the spot: no pod is reached.
  bool is_answer() const;
};

/// Calls `each` with every chain of the request in the order of entries and links, until it answers false. Entries that another scheme or
/// port leads to are left out. Time is linear in the chains and in the links that are tried.
void each_chain(const HopGraph& hops, const Request& request, const std::function<bool(const Chain&)>& each);

/// How a chain is called in words, from the entry's side: "https://host/path*".
std::string url_of(const Chain& chain);

}  // namespace hop
