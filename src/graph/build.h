#pragma once
// Input to Graph: identities, clusters and overlays, what installations imply, indices, references.

#include <memory>

#include "graph/graph.h"
#include "graph/input.h"

namespace hop {

/// `input` must outlive the graph. May mark documents of `input` as patches. Linear in resources, but for the logarithms of sorting.
Graph build_graph(Input& input);

/// The same in steps, for whoever may have to leave off in the middle. `input` must outlive this and the graph.
class GraphBuild {
 public:
  /// With `keeps_reads` the graph can be asked what is looked into (Graph::noting(Reads&)).
  explicit GraphBuild(Input& input, bool keeps_reads = false);
  /// Does a part of the work; false when all is done.
  bool step();
  /// Only when all is done.
  Graph graph() const { return {*input_, index_}; }

 private:
  Input* input_;
  std::shared_ptr<Index> index_;
  int stage_ = 0;
};

}  // namespace hop
