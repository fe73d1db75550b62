#pragma once
// The wire into a pod: what the sender's proxy does by DestinationRules and automatic mTLS, and what the pod takes by its proxy and the
// PeerAuthentication in force on the port.
// Sources: istio.io "Understanding TLS Configuration", DestinationRule, PeerAuthentication and MeshConfig reference.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "chain/hop.h"
#include "graph/peer_name.h"

namespace hop {

/// Who sends.
struct Sender {
  enum class Type : std::uint8_t {
    proxy,    ///< a sidecar or a gateway: DestinationRules and automatic mTLS hold
    ztunnel,  ///< a pod in ambient mode
    outside   ///< no part of the mesh: a load balancer, a pod without proxy
  };
  Type type = Type::outside;
  const Resource* seeker = nullptr;      ///< of the sender's cluster and namespace
  bool is_entry = false;                 ///< a gateway's proxy
  bool tls_inside = false;               ///< what it passes on is the client's own TLS
  bool speaks_http = false;              ///< it routes by HTTP, and so sends plain requests unless a DestinationRule opens TLS
  std::string_view ns = {};              ///< the sender's namespace
  PeerName name = {};                    ///< what its certificate says
  const Resource* pod = nullptr;         ///< the workload that sends; nullptr where none does, or it is not known
  std::string_view protocol = {};        ///< of a sender outside: "HTTP", "HTTPS", "TCP", or "" where it is not known
  const Resource* decided_by = nullptr;  ///< of a sender outside: who says its protocol
  yaml::Node place = {};                 ///< and where
};

/// How the sender's proxy opens the connection.
struct SenderTls {
  enum class Mode : std::uint8_t { automatic, disable, simple, mutual, istio_mutual, unknown };
  Mode mode = Mode::automatic;
  const Resource* rule = nullptr;   ///< the DestinationRule that says so, or whose subset is meant
  yaml::Node node;                  ///< its mode; absent if it says nothing
  bool verifies = true;             ///< of simple and mutual: false with insecureSkipVerify
  Truth subset_found = Truth::yes;  ///< whether the subset, if one is asked for, is defined
  yaml::Node subset_labels;
};

/// What holds for a host, a port of it and a subset ("" for none). `host` is complete.
SenderTls sender_tls(const Graph& graph, const Sender& sender, std::string_view host, std::optional<std::int64_t> port,
                     std::string_view subset);

/// The port of the pod that a Service port leads to; nothing where it cannot be told.
std::optional<std::int64_t> port_of_pod(const Workload& workload, const ServicePort& port);

/// Who takes what comes to this port of the pods: none where the sidecar lets it pass.
Dataplane plane_at(const Graph& graph, const Workload& workload, std::optional<std::int64_t> pod_port);

/// The wire to one workload behind a Service port, all of the link but `to`.
Link link_to_pod(const Graph& graph, const Sender& sender, const SenderTls& tls, const ServicePort& port, const Workload& workload);

}  // namespace hop
