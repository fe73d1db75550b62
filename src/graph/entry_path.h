#pragma once
// The ways a request can take through the load balancers: listener, rule, target group. Rules about what a listener sends where read this.

#include <vector>

#include "graph/graph.h"

namespace hop {

struct EntryPath {
  const IngressGroup* group = nullptr;
  const Listener* listener = nullptr;
  const ListenerRule* rule = nullptr;
  const TargetGroup* target = nullptr;
};

/// In the order of groups, listeners and their rules, default backends last. Those of groups in which a placeholder or a malformed
/// annotation decides are left out.
std::vector<EntryPath> entry_paths(const Graph& graph);

}  // namespace hop
