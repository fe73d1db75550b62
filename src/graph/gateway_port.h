#pragma once
// Which servers of Istio Gateways listen behind a port of a Service. Source: Istio's gateway port matching (pilot).

#include <span>
#include <vector>

#include "graph/graph.h"

namespace hop {

/// Whether a Gateway server listens on what a Service port leads to: Istio compares with the Service port, and with the target port
/// where no Service port has that number.
bool listens_on(const GatewayServer& server, const Service& service, const ServicePort& port);

/// What a server expects: TLS or plain text. Unknown for a protocol that is a placeholder or not in Istio's list.
Truth expects_tls(const GatewayServer& server);

/// The Istio Gateways whose selector matches pods of the Service, each once, in resource order.
std::vector<const Resource*> gateways_behind(const Graph& graph, const Service& service);

/// The same resources in resource order, each once.
std::vector<const Resource*> each_once(std::vector<const Resource*> resources);

/// The servers of these Gateways that listen on what a port of the Service leads to.
std::vector<ServerRef> servers_of(std::span<const Resource* const> gateways, const Service& service, const ServicePort& port);

/// The servers behind a port of a Service that selects gateway pods.
std::vector<ServerRef> servers_behind(const Graph& graph, const Service& service, const ServicePort& port);

}  // namespace hop
