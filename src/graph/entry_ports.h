#pragma once
// Ports of ServiceEntries by host: who declares the same host and port where one namespace sees both.
// Knows nothing of endpoints. Source: istio.io ServiceEntry reference.

#include <vector>

#include "graph/graph.h"

namespace hop {

struct EntryPort {
  ServiceEntry entry;
  yaml::Node port;
  yaml::Node host;
};

/// A port of a linted ServiceEntry and one of another entry for the same host and number; `other_protocol` where one such speaks another
/// protocol.
struct EntryPortPair {
  EntryPort own, other;
  bool other_protocol = false;
};

/// One pair for each port that has such a one, in source order.
std::vector<EntryPortPair> repeated_entry_ports(const Graph& graph);

}  // namespace hop
