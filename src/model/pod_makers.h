#pragma once
// Which custom resources may bring pods of their own into a namespace, so that a selector without a workload proves nothing.

#include "model/resource.h"

namespace hop {

/// True for a kind outside the table whose group is not known to make no pods: an operator may turn it into workloads.
bool may_make_pods(const Resource& resource);

}  // namespace hop
