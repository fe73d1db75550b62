#pragma once
// What is said of something enrolled with a waypoint that it is not sent through.

#include "graph/ambient.h"
#include "rule/report.h"

namespace hop {

/// A finding on `user` where a fault is known. `own` says that `use.name` stands in it, not in its namespace.
void report_waypoint_fault(const Graph& graph, const Resource& user, const WaypointUse& use, bool own, Report& report);

}  // namespace hop
