#pragma once
// Builds a HopGraph: one method for each kind of hop, each hop made once. For chain/ only.

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "chain/gate.h"
#include "chain/hop.h"
#include "chain/host_map.h"
#include "chain/mesh_link.h"
#include "graph/ambient.h"
#include "graph/attachments.h"
#include "graph/grants.h"
#include "graph/scale.h"
#include "graph/target_group.h"

namespace hop {

/// What a load balancer opens towards a gateway.
struct Wire {
  enum class Type : std::uint8_t {
    plain,
    tls,      ///< a session of its own, without server name and client certificate
    through,  ///< the client's bytes as they are
    unknown
  };
  Type type = Type::unknown;
  const Resource* set_by = nullptr;
  yaml::Node node;  ///< what says so; may be absent
};

/// A port of gateway pods as one Service leads to it.
struct GatewayPort {
  const Resource* service = nullptr;  ///< nullptr where it is not among the manifests
  yaml::Node place;                   ///< the port: of the Service, or of the backend that names it
  std::string label;
  std::span<const ServerRef> servers;         ///< Istio Gateway servers that listen there
  std::span<const Resource* const> gateways;  ///< all Gateways of the pods
  std::vector<const Resource*> api_gateways;  ///< Gateways of the Gateway API that the pods belong to
  std::optional<std::int64_t> number;
  std::vector<Workload> pods;            ///< the first of them
  std::optional<std::int64_t> pod_port;  ///< what the port leads to
  bool more_pods = false;                ///< or there may be others that are not known
  bool only_proxies = false;             ///< the pods are a gateway's, whether or not a Gateway for them is known
  bool open = false;                     ///< a server may listen there that is not known
};

/// As many of a gateway's pods as are looked at.
std::vector<Workload> first_of(std::span<const Workload> pods);
std::optional<std::int64_t> pod_port_of(std::span<const Workload> pods, const ServicePort& port);

/// What a server of a gateway asks of a connection.
struct Taker {
  const Resource* gateway = nullptr;
  Truth expects_tls = Truth::unknown;
  bool any_name = false;          ///< answers a handshake without server name
  bool passes_tls_on = false;     ///< does not end TLS
  bool asks_certificate = false;  ///< of the client
  yaml::Node protocol, mode, hosts, credential;
};

class HopBuilder {
 public:
  explicit HopBuilder(const Graph& graph, WantsRoutes wants = {}) : graph_(graph), wants_(std::move(wants)) {}
  HopGraph from_outside() &&;
  HopGraph from_workload(const Workload& caller) &&;

 private:
  using NodeKey = std::pair<const yaml::Document*, std::uint32_t>;
  static NodeKey key_of(yaml::Node node) { return {node.document(), node.index()}; }

  std::uint32_t add(Hop hop);
  Hop& at(std::uint32_t hop) { return hops_.hops_[hop]; }
  void link(std::uint32_t from, Link link) { at(from).links.push_back(std::move(link)); }
  static Link within(std::uint32_t to);
  /// "namespace/name".
  static std::string name_of(const Resource& resource);
  /// An end that nothing follows.
  std::uint32_t end(HopKind kind, std::string label, const Resource* resource, yaml::Node place);
  std::uint32_t redirect_hop(Redirection to, const Resource* resource, yaml::Node place);

  // entry_hops.cpp: load balancers.
  void add_albs();
  void add_listener(const IngressGroup& group, const Listener& listener);
  std::uint32_t rule_hop(const IngressGroup& group, const ListenerRule& rule);
  std::uint32_t target_group_hop(const TargetGroup& group);
  void add_targets(std::uint32_t hop, const TargetGroup& group);
  void add_load_balancer_services();
  void add_service_port(const Service& service, const ServicePort& port);

  // gateway_hops.cpp: from the pods of a gateway to its routes.
  const GatewayPort& gateway_port(const Service& service, const ServicePort& port);
  bool is_gateway(const GatewayPort& port) const { return !port.gateways.empty() || !port.api_gateways.empty() || port.only_proxies; }
  /// A link to the gateway that the wire leads to.
  Link link_to_gateway(const GatewayPort& port, const Wire& wire);
  /// One for all that open the same.
  std::uint32_t gateway_hop(const GatewayPort& port, Wire::Type type);
  Link link_to(const Taker& taker, const Wire& wire);
  std::uint32_t server_hop(const ServerRef& server);
  void add_virtual_services(std::uint32_t hop, const ServerRef& server);
  std::uint32_t virtual_service_hop(const VirtualService& vs, const Sender& sender, std::string_view gateway, RouteKind kind);
  std::uint32_t route_hop(const VirtualService& vs, yaml::Node route, std::size_t number, const Sender& sender, std::string_view gateway,
                          RouteKind kind, unsigned depth);
  void add_action(std::uint32_t hop, const VirtualService& vs, yaml::Node route, const Sender& sender, std::string_view gateway,
                  RouteKind kind, unsigned depth);
  void add_routes(std::uint32_t hop, const VirtualService& vs, const Sender& sender, std::string_view gateway, RouteKind kind,
                  unsigned depth);
  /// The proxy of a Gateway's pods as a sender.
  Sender sender_of(const Resource& gateway);
  const Destination* destination_of(const VirtualService& vs, yaml::Node node);

  // destination_hops.cpp: from a proxy's choice to pods.
  void add_destination(std::uint32_t hop, const VirtualService& vs, yaml::Node target, bool mirror, const Sender& sender);
  void add_service(std::uint32_t hop, Link link, const Sender& sender, const Lookup& service, yaml::Node place, std::string_view full_host,
                   yaml::Node port, std::string_view subset, std::optional<std::int64_t> weight, bool mirror);
  void add_pods(std::uint32_t hop, const Sender& sender, const SenderTls& tls, const Service& service, const ServicePort& port);
  std::uint32_t workload_hop(const Workload& workload);
  Link link_outside(const Sender& sender, const SenderTls& tls, const Resource& entry, std::optional<std::int64_t> port);

  // caller_hops.cpp: from a workload of the mesh.
  void add_mesh(std::uint32_t hop, const Workload& caller, const Sender& sender);
  /// `routed`: a VirtualService takes what is sent to it over HTTP.
  void add_mesh_service(std::uint32_t hop, const Service& service, const Sender& sender, bool routed);
  void add_mesh_entry(std::uint32_t hop, const ServiceEntry& entry, yaml::Node host, const Sender& sender);

  // api_hops.cpp: the Gateway API.
  void add_api_gateways();
  std::uint32_t api_listener_hop(const K8sGateway& gateway, yaml::Node listener, const Sender& sender);
  void add_api_routes(std::uint32_t hop, const K8sGateway& gateway, yaml::Node listener, const Sender& sender);
  std::uint32_t api_route_hop(const HttpRoute& route, const Sender& sender);
  void add_api_rule(std::uint32_t hop, const HttpRoute& route, yaml::Node rule, std::size_t number, const Sender& sender);
  Truth is_granted(const Resource& route, std::string_view ns, std::string_view service);
  void link_api_listeners(std::uint32_t hop, const GatewayPort& port, const Wire& wire);
  /// A route of a listener's, and whether it is kept out by the namespace it lives in.
  struct Attached {
    const Attachment* attachment;
    bool refused;
  };
  std::span<const Attached> attached_to(const K8sGateway& gateway, yaml::Node listener);
  void attach(const Attachment& attachment);

  // admission_hops.cpp: who lets requests in.
  Gates* gates();
  const Gate* gate_of_gateway(const GatewayPort& port, Asked::Sees sees, bool asks_certificate);
  const Gate* gate_of_pod(const Sender& sender, const SenderTls& tls, const ServicePort& port, const Workload& workload, const Link& link);
  const Gate* gate_of_waypoint(const Sender& sender, const WaypointUse& use, const Service& service, const ServicePort& port);
  const Gate* add_gate(Gate gate);
  Admission ask_network(const Workload& workload, bool from_outside, const Resource* pod, std::optional<std::int64_t> port);
  /// Sets what the pods of the gateway call themselves.
  void set_name(const Resource& gateway, Sender& sender);

  // waypoint_hops.cpp: ambient mode.
  std::optional<WaypointUse> waypoint_for(const Sender& sender, const Service& service);
  std::uint32_t waypoint_hop(const WaypointUse& use, const Service& service, const ServicePort& port, std::string_view full_host);
  Link link_to_waypoint(const Sender& sender, const WaypointUse& use, const Service& service, const ServicePort& port);
  /// Routes of the Gateway API whose parent is the Service, or this port of it.
  std::vector<HttpRoute> routes_of_service(const Resource& service, const ServicePort& port);

  const Graph& graph_;
  bool has_gates_ = !graph_.of(Kind::authorization_policy).empty() || !graph_.of(Kind::network_policy).empty();
  Scale scale_{graph_};
  std::map<std::tuple<std::uint16_t, std::string_view, std::string_view>, std::vector<Workload>> api_pods_;  ///< by place and Gateway
  bool api_pods_read_ = false;
  std::optional<ReferenceGrants> grants_;  ///< once somebody asks
  WantsRoutes wants_;
  HopGraph hops_;
  std::unordered_map<const TargetGroup*, std::uint32_t> target_groups_;
  std::map<NodeKey, GatewayPort> gateway_ports_;     ///< by the port of the Service
  std::map<NodeKey, GatewayPort> backend_gateways_;  ///< by the port of the Service, or of the Ingress that leads there
  std::map<std::pair<const GatewayPort*, Wire::Type>, std::uint32_t> gateways_;
  std::map<NodeKey, std::uint32_t> servers_;
  struct Routed {
    HostMap hosts;
    std::vector<VirtualService> virtual_services;  ///< by the map's values
    std::vector<std::string> patterns;
  };
  std::unordered_map<std::uint32_t, Routed> routed_;                                                       ///< by gateway
  std::map<std::tuple<std::uint32_t, std::string, RouteKind>, std::uint32_t> virtual_services_;            ///< by resource and gateway
  std::unordered_map<std::uint32_t, Sender> senders_;                                                      ///< by gateway
  std::unordered_map<std::uint32_t, std::unordered_map<std::uint32_t, const Destination*>> destinations_;  ///< by VirtualService and node
  std::unordered_map<std::uint32_t, std::uint32_t> workloads_;
  std::optional<std::vector<Attachment>> attachments_;                           ///< once somebody asks
  std::map<std::pair<std::uint32_t, NodeKey>, std::vector<Attached>> attached_;  ///< by Gateway and listener
  std::map<std::tuple<NodeKey, const Resource*>, std::uint32_t> api_listeners_;
  std::map<std::pair<std::uint32_t, const Resource*>, std::uint32_t> api_routes_;
  std::map<std::pair<NodeKey, NodeKey>, std::uint32_t> waypoints_;                                   ///< by Service and port
  std::unordered_map<std::uint32_t, std::vector<std::pair<HttpRoute, yaml::Node>>> service_routes_;  ///< with the parent's port
  bool service_routes_read_ = false;
};

}  // namespace hop
