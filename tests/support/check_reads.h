#pragma once
// Invariant 4: a rule declares every kind and facet it looks at, and nothing else. Nothing returned means all is well.

#include <span>
#include <string>
#include <vector>

#include "rule/rule.h"
#include "support/case.h"
#include "support/complaints.h"

namespace hop {

/// "Gateway, Service, facet `mtls`".
std::string describe(const KindSet& set);

/// What a check looks at in this graph; a local check is handed one resource and can look at nothing else.
KindSet looked_at(const Rule& rule, const Graph& graph);

/// `seen` is what one run of a check looked at.
Complaints check_declared(const KindSet& reads, const KindSet& seen);
/// `seen` is what all runs together looked at.
Complaints check_used(const KindSet& reads, const KindSet& seen);

/// Both, over every case of the rule. For a local rule: it declares no facet, and some case holds a resource of its kinds.
Complaints check_reads(const Rule& rule, const std::vector<Trial>& trials);

}  // namespace hop
