#pragma once
// What the rules about hosts that are not exported to their user have in common.

#include "graph/lookup.h"
#include "rule/report.h"

namespace hop {

/// Reports that what the reference found is exported to others than `ns` only; the caller adds aliases.
Finding report_hidden_host(const Edge& edge, std::string_view ns, Report& report);

}  // namespace hop
