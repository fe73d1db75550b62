#pragma once
// Which servers of Istio Gateways listen behind a port of a Service. Source: Istio's gateway port matching (pilot).

#include <span>
#include <vector>

#include "graph/graph.h"
#include "model/istio/status_port.h"

namespace hop {

/// What a server expects: TLS or plain text. Unknown for a protocol that is a placeholder or not in Istio's list.
Truth expects_tls(const GatewayServer& server);

/// Whether it leaves TLS to the pods. A `tls` without `mode` does, but for a protocol without TLS, where it is there for `httpsRedirect`.
bool passes_tls_on(const GatewayServer& server);

/// Which routes of a VirtualService the server takes. A protocol that is not known counts as HTTP.
RouteKind routes_of(const GatewayServer& server);

/// The servers of these Gateways that listen on what a port of the Service leads to, in the order of the Gateways and their source: Istio
/// compares with the Service port, and with the target port where no Service port has that number. They are the set's.
std::span<const ServerRef> servers_of(const GatewaySet& gateways, const Service& service, const ServicePort& port);

/// The servers behind a port of a Service that selects gateway pods.
std::span<const ServerRef> servers_behind(const Graph& graph, const Service& service, const ServicePort& port);

/// Whether a gateway's proxy is all that the Service's pods are, and all of them are known.
bool leads_to_gateway_pods(const Graph& graph, const Service& service);

/// The same of what is behind a target group; of a gateway that is not among the manifests, too, if a Gateway of Istio's is for it.
bool leads_to_gateway_pods(const TargetGroup& group);

/// Whether something listens at this port of a gateway's pods: a server of its Gateways, Envoy itself for its status and metrics, or a
/// container that declares it. Unknown where the pods share their node's network, or a placeholder stands for a port.
Truth listens_at(const Graph& graph, const Workload& gateway, std::int64_t pod_port);
/// The same where its Gateways are at hand.
Truth listens_at(const Graph& graph, const Workload& gateway, const GatewaySet& gateways, std::int64_t pod_port);

/// Whether a port of a gateway's Service is for its status (model/istio/status_port.h), by name or number.
bool is_status_port(const ServicePort& port);

}  // namespace hop
