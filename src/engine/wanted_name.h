#pragma once
// What a reference asks for, as `known:` would declare it. Knows nothing of whether it is there.

#include <string_view>

#include "graph/input.h"
#include "graph/lookup.h"

namespace hop {

/// A host of the mesh is a Service's name, short or with its namespace; other hosts stay as they are written.
KnownName wanted_name(const Edge& edge, std::string_view cluster_domain);

/// Whether a one-liner can say it: names to be filled in later and hosts outside the cluster are no objects.
bool can_be_declared(const KnownName& known);

}  // namespace hop
