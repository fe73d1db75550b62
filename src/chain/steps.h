#pragma once
// Chains as the steps that findings and reports show (diag's Step).

#include <vector>

#include "chain/chains.h"
#include "diag/diagnostic.h"

namespace hop {

std::vector<Step> steps_of(const Chain& chain);

}  // namespace hop
