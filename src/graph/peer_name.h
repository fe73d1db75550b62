#pragma once
// Who a connection comes from, as the certificate of mutual TLS says it. Knows nothing of policies.
// Source: istio.io/docs/concepts/security, spiffe://<trust domain>/ns/<namespace>/sa/<service account>.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace hop {

struct PeerName {
  Truth given = Truth::unknown;            ///< whether the connection carries one at all
  std::optional<std::string> ns, account;  ///< nothing where they are not known
};

/// Of plain text, and of TLS without a client's certificate.
inline PeerName no_name() { return {Truth::no, {}, {}}; }

/// What the proxy of the pods calls itself; what is not known of one that is only known to exist, or that a template completes.
PeerName name_of(const Workload& workload);
/// What all of them are called; what differs is not known, and of none nothing is.
PeerName name_of(std::span<const Workload> workloads);

/// The mesh's trust domains, with "cluster.local", which Istio takes for the mesh's own whatever that is called; empty if they are not
/// known.
std::vector<std::string_view> trust_domains(const Graph& graph);

}  // namespace hop
