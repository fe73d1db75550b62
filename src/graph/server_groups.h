#pragma once
// Gateway servers that open the same port of the same pods: what one of them serves, the others may take away.
// Knows nothing of routes. Source: istio.io Gateway reference.

#include <map>
#include <string>
#include <vector>

#include "graph/graph.h"

namespace hop {

/// A host of a server, split at its namespace prefix; `ns` "" is every namespace.
struct ServedHost {
  Gateway gateway;
  GatewayServer server;
  yaml::Node node;
  std::string_view ns;
  std::string host;  ///< lower case
};

/// The hosts served at one port of the same pods. Servers with different `bind` do not meet.
struct ServerGroup {
  std::vector<ServedHost> hosts;
};

/// Every group with its key. A host is in several if its Gateway's pods are those of several selectors.
std::map<std::string, ServerGroup> server_groups(const Graph& graph);

}  // namespace hop
