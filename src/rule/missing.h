#pragma once
// A finding at a reference whose target does not exist, for the many rules that say no more than that.

#include "rule/report.h"

namespace hop {

/// "the ConfigMap `prices` does not exist in namespace `shop`": lowered to what the evidence bears, grouped by target, with near misses as
/// notes and the near name as an unsafe fix, at the edge's place or at all of these.
Finding report_missing(const Edge& edge, Report& report, const std::vector<yaml::Node>& places = {});

}  // namespace hop
