#pragma once
// What a configuration for these manifests might say: their clusters, what they refer to elsewhere, versions of what they are installed
// into. Everything rests on something in the manifests, which is told with it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/outside.h"
#include "graph/graph.h"

namespace hop {

struct Proposal {
  struct Cluster {
    std::string name, glob;
  };
  std::vector<Cluster> clusters;
  std::string cluster_reason;

  struct FoundVersion {
    Component component = Component::none;
    std::string text;    ///< "1.24"
    std::string reason;  ///< what says so and where
  };
  std::vector<FoundVersion> versions;  ///< one per component at most; of several the oldest

  struct Known {
    KnownName name;
    std::string reason;
  };
  std::vector<Known> known;

  std::string root_namespace, trust_domain, cluster_domain;  ///< "" where the manifests say nothing
};

/// Paths of the graph's files are taken relative to `folder`, as shown.
Proposal propose(const Graph& graph, std::string_view folder);

}  // namespace hop
