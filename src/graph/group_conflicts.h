#pragma once
// Settings of a common load balancer on which the Ingresses of a group disagree.
// Source: aws-load-balancer-controller pkg/ingress/model_build_load_balancer*.go, model_build_listener.go.

#include <string>
#include <vector>

#include "graph/graph.h"

namespace hop {

struct GroupConflict {
  std::string name;                   ///< of the annotation, or of the key in it
  const Resource* ingress = nullptr;  ///< the later member
  yaml::Node place;                   ///< its value
  yaml::Node first;                   ///< the value of the first member that sets it
};

/// In the order of the settings, then of the members. Placeholders agree with everything.
std::vector<GroupConflict> conflicts_in(const Graph& graph, const IngressGroup& group);

}  // namespace hop
