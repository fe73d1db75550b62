#pragma once
// Input to Graph: identities, clusters and overlays, what installations imply, indices, references.

#include <memory>
#include <optional>
#include <set>

#include "graph/graph.h"
#include "graph/input.h"

namespace hop {

class Changes;  // graph/reads.h
class Earlier;  // graph/earlier.h

/// `input` must outlive the graph. May mark documents of `input` as patches. Linear in resources, but for the logarithms of sorting.
/// From up to `jobs` threads, 0 as many as there are processors; the graph is the same.
Graph build_graph(Input& input, unsigned jobs);

/// The same in steps, for whoever may have to leave off in the middle. `input` must outlive this and the graph.
class GraphBuild {
 public:
  explicit GraphBuild(Input& input);
  /// A graph of a row of them, which can be asked what is looked into (Graph::noting(Reads&)). `before` is the one before it, made so, too;
  /// nullptr for none. In its input, files of the same id were the same but for `changed`: what holds on is taken over.
  GraphBuild(Input& input, const Graph* before, std::set<FileId> changed);
  ~GraphBuild();
  GraphBuild(GraphBuild&&) noexcept;
  GraphBuild& operator=(GraphBuild&&) noexcept;
  /// Does a part of the work, which is the larger with more than one job; false when all is done.
  bool step(unsigned jobs = 1);
  /// Only when all is done.
  Graph graph() const { return {*input_, index_}; }
  /// Only when all is done: the resources that are others than before; nullptr if nothing holds on.
  const Changes* changes() const;

 private:
  Input* input_;
  std::shared_ptr<Index> index_;
  int stage_ = 0;
  std::optional<Graph> before_;
  std::set<FileId> changed_;
  std::unique_ptr<Earlier> earlier_;
};

}  // namespace hop
