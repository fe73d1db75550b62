#pragma once
// Chains as the steps that findings and reports show (diag's Step).

#include <vector>

#include "chain/chains.h"
#include "diag/diagnostic.h"

namespace hop {

/// Where a step is decided, what breaks it first: none, one or two places.
std::vector<yaml::Node> places_of(const ChainStep& step);

std::vector<Step> steps_of(const Chain& chain);

}  // namespace hop
