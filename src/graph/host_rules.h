#pragma once
// The DestinationRules for a host: one for all who send to it, of whom there may be thousands, as there may be of the rules.

#include <memory>
#include <vector>

#include "graph/answers.h"
#include "model/istio/views.h"

namespace hop {

struct Subsets;  // graph/subset_rules.h

/// Those that name the host, and those whose wildcard covers it, the closest first.
struct HostRules {
  std::vector<DestinationRule> exact, wide;
  bool unknown = false;  ///< another one may be meant
  // What several who send to it would find out of these.
  Once<std::shared_ptr<const Subsets>> subsets;  ///< Graph::subset_rules
  Once<bool> opens_tls;                          ///< graph/plain_to_tls.h
};
/// Kept for others only where hosts have many rules: looking for a few is cheaper than keeping what was found.
using SharedRules = std::shared_ptr<const HostRules>;

}  // namespace hop
