#pragma once
// Which of the DestinationRules for a host define which subset, and who sees them. Knows nothing of pods (graph/subsets.h).

#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/host_rules.h"
#include "graph/visibility.h"

namespace hop {

/// DestinationRules that define a subset.
struct SubsetRules {
  std::vector<DestinationRule> rules;  ///< those that name the host, then those whose wildcard covers it
  Truth in_exact = Truth::no;          ///< whether one that names the host does; unknown where a name is not known
  Truth in_wide = Truth::no;           ///< the same of wildcards
  bool others = false;                 ///< one whose names are not all known may define it, too
  bool has_open = false;               ///< one of them leaves its namespace open
  Visibility seen;                     ///< who sees any of them
};

/// All subsets of the DestinationRules for a host.
struct Subsets {
  std::unordered_map<std::string_view, SubsetRules> by_name;  ///< looked up only
  SubsetRules none;                                           ///< for a name that no rule has
  std::vector<std::string_view> names;                        ///< as written by those that name the host, in their order
  std::vector<std::string_view> different_names;              ///< each of them once
};

/// What Graph::subset_rules looks into: found once.
const Subsets& subsets_of(const Graph& graph, const HostRules& rules);

}  // namespace hop
