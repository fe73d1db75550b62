#pragma once
// The graph before an edit, and which of its resources are which now: what was computed for a resource that did not change holds as long as
// nothing it looked into did. For the steps of build_graph.

#include <cstdint>
#include <memory>
#include <set>
#include <vector>

#include "graph/graph.h"
#include "graph/reads.h"

namespace hop {

/// Whether two graphs agree on a resource in how it is called and in all that other files decide about it.
bool same_standing(const Resource& a, const Resource& b);

class Earlier {
 public:
  /// `now` has its resources and its mesh settings; files of the same id are the same but for `changed`, which must outlive this. `before`
  /// was built to be read cell by cell.
  Earlier(const Graph& before, std::shared_ptr<const Index> index, const Graph& now, const std::set<FileId>& changed);

  /// False if the edit changed what other files mean: then nothing holds.
  bool holds() const { return holds_; }
  const Changes& changes() const { return changes_; }
  const Index& index() const { return *index_; }

  /// A resource of a file that did not change, as it was; nullptr for another.
  const Resource* was(const Resource& now) const;
  /// A resource of then, as it is; nullptr if it says something else, or is gone. Its nodes are others if its file changed.
  const Resource* is(const Resource& was) const;
  /// Whether the node, of then, is still one of now.
  bool stands(yaml::Node node) const;
  /// Replaces a resource of then by what it is; false if it is no more.
  bool bring_here(const Resource*& resource) const;
  bool bring_here(Lookup& lookup) const;

 private:
  using Stretch = std::vector<const Resource*>;
  void pair(const Graph& before, const Graph& now);
  void pair_changed(const Graph& before, const Stretch& old, const Graph& now, const Stretch& young);

  const std::set<FileId>& changed_;
  std::shared_ptr<const Index> index_;
  Changes changes_;
  bool holds_ = true;
  std::vector<const Resource*> was_, is_;  ///< by id of now, of then
};

}  // namespace hop
