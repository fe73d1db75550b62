#pragma once
// Which custom resources may bring pods or routes of their own into a namespace, so that what is not there proves nothing.

#include "model/resource.h"

namespace hop {

/// True for a kind outside the table whose group is not known to make no pods: an operator may turn it into workloads.
bool may_make_pods(const Resource& resource);
/// Whether its operator writes VirtualServices, DestinationRules and HTTPRoutes of its own.
bool may_make_routes(const Resource& resource);

}  // namespace hop
