#pragma once
// One request followed to its end, over the redirects that send the client elsewhere. Knows nothing of how it is shown.

#include <vector>

#include "chain/chains.h"

namespace hop {

/// A request and the chains that it can take. Of redirects the next leg is the first that leads elsewhere.
struct Leg {
  Request request;
  std::vector<Chain> chains;
  bool repeats = false;  ///< it is redirected to where it has been: no chain is followed again
};

/// At least one leg. Chains point into `hops`; no more than `most` of each leg are kept, and `cut` says if there were more.
struct Trace {
  std::vector<Leg> legs;
  bool cut = false;
};
Trace trace(const HopGraph& hops, const Request& request, std::size_t most);

/// What may be asked of every chain.
enum class Requirement : std::uint8_t {
  reachable,  ///< each reaches pods, or is answered on the way
  encrypted,  ///< and every wire is encrypted
  mtls        ///< and those into pods are mutual TLS
};
std::optional<Requirement> parse_requirement(std::string_view word);
std::string_view to_string(Requirement requirement);

/// What keeps a chain from meeting it: the step, and why. Unknown is not proved. A redirect to https needs no encryption: nothing but the
/// redirect goes over it.
struct Shortfall {
  const Chain* chain = nullptr;
  const ChainStep* step = nullptr;
  std::string why;
};
/// Whether all that is told to the client is to come back over https.
bool only_redirects_to_https(const Chain& chain);
std::optional<Shortfall> shortfall(const Chain& chain, Requirement requirement);

}  // namespace hop
