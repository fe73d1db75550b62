#pragma once
// Chains as the steps that findings and reports show (diag's Step).

#include <vector>

#include "chain/chains.h"
#include "diag/diagnostic.h"

namespace hop {

/// Where a step is written: what breaks it or leaves it plain, if anything does, then the hop itself. There may be none.
std::vector<yaml::Node> places_of(const ChainStep& step);

std::vector<Step> steps_of(const Chain& chain);

}  // namespace hop
