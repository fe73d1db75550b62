#pragma once
// Input to Graph: identities, clusters and overlays, what installations imply, indices, references.

#include "graph/graph.h"
#include "graph/input.h"

namespace hop {

/// `input` must outlive the graph. May mark documents of `input` as patches. Linear in resources, but for the logarithms of sorting.
Graph build_graph(Input& input);

}  // namespace hop
