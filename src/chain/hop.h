#pragma once
// Where requests can go: hops and the links between them, from the listeners of load balancers to pods. A hop that many ways lead to is
// there once; whole ways are enumerated by chain/chains.h and never stored. Knows nothing of findings or of how a way is shown.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "graph/trusted_proxies.h"

namespace hop {

struct Gate;   // chain/gate.h
struct Gates;  // chain/gate.h

enum class Encryption : std::uint8_t { plaintext, tls, mtls, unknown };
std::string_view to_string(Encryption encryption);

/// Whether a request gets over a link. Unknown: something that decides it is not among the manifests.
enum class Verdict : std::uint8_t { ok, unknown, broken };
std::string_view to_string(Verdict verdict);

enum class HopKind : std::uint8_t {
  caller,           ///< a workload whose proxy sends the request
  listener,         ///< a port of a load balancer
  rule,             ///< of a listener: a path of an Ingress
  target_group,     ///< a Service port as the load balancer sees it
  gateway,          ///< pods of a gateway, at one of their ports
  server,           ///< of a Gateway: what takes the port
  virtual_service,  ///< or a route of the Gateway API
  route,            ///< one of its alternatives
  destination,      ///< a Service that a proxy chose
  workload,         ///< the end: pods
  external,         ///< the end: a host outside the cluster
  redirect,         ///< the end: the client is sent elsewhere
  response,         ///< the end: answered on the spot
  nowhere           ///< the end: nothing takes the request
};
std::string_view to_string(HopKind kind);

/// The way into a hop.
struct Link {
  std::uint32_t to = 0;
  enum class Type : std::uint8_t {
    within,    ///< no wire between them: one party goes on
    through,   ///< a wire whose bytes are what a later hop makes of them: a `wire_end` or `wire` behind it says
    wire_end,  ///< within the receiver, and only here it shows what the wire before carries
    wire
  };
  Type type = Type::within;
  std::string_view protocol = {};  ///< of a wire: "HTTP", "HTTPS", "TCP", …
  Encryption encryption = Encryption::unknown;
  bool verified = false;  ///< whether the sender checks who receives
  Verdict verdict = Verdict::ok;
  std::string reason = {};               ///< what is to be said of it: why it is broken or unknown, or how it is decided; may be empty
  const Resource* decided_by = nullptr;  ///< who decides it; nullptr of a `wire_end`: who opened the wire
  yaml::Node place = {};                 ///< where: may be absent
  const Resource* opened_by = nullptr;   ///< of a `through` to a gateway, which many may open: who says what is opened
  yaml::Node opened_at = {};             ///< where
  const Gate* gate = nullptr;            ///< what lets requests in behind it; nullptr where everything is
};

/// The link, broken, and what breaks it.
Link broken_link(Link link, std::string reason, const Resource* by, yaml::Node place);
/// The link where it is not known what it carries. One that is broken stays so.
Link unknown_link(Link link, std::string reason);

/// Which requests a hop takes. Everything, unless something is set.
struct Condition {
  std::vector<std::string> hosts;          ///< any of these patterns, in lower case; none: every host
  bool hosts_open = false;                 ///< another host may be meant: a placeholder
  const ListenerRule* rule = nullptr;      ///< of an ALB: its paths, and whether it asks for more
  yaml::Node http_match;                   ///< `match` of a VirtualService's HTTP route
  yaml::Node api_matches;                  ///< `matches` of a rule of an HTTPRoute
  std::string gateway;                     ///< as `match[].gateways` would name the one that the request comes through
  std::optional<std::int64_t> port;        ///< of a Service inside the mesh
  std::vector<std::int64_t> except_ports;  ///< inside the mesh, of a VirtualService: ports that HTTP routes do not hold for
  std::uint32_t precedence = 0;            ///< of a rule of the Gateway API: the higher is asked first, over all routes of a listener
};

/// Where a client is sent; what is empty stays as it was.
struct Redirection {
  std::string scheme, host, path;
  std::optional<std::int64_t> port;
};

struct Hop {
  HopKind kind = HopKind::nowhere;
  const Resource* resource = nullptr;  ///< who decides about the hop; nullptr if nobody among the manifests
  yaml::Node place;                    ///< what says so
  std::string label;                   ///< one line, not escaped
  Condition takes;
  /// all: a request may take any (weights, several pods). first: the first that takes it. best_host: the one with the closest host.
  enum class Choice : std::uint8_t { all, first, best_host };
  Choice choice = Choice::all;
  std::string otherwise;                             ///< what becomes of a request that no link takes; "" if that is not known
  std::int64_t port = 0;                             ///< of a listener or server; 0: not known
  bool https = false;                                ///< of a listener: it ends the client's TLS
  Truth internet = Truth::no;                        ///< of a listener: whether it can be reached from the internet
  bool mirror = false;                               ///< of a destination: gets copies, nobody waits for its answer
  std::optional<std::int64_t> weight;                ///< of a destination: its share among those of the route
  std::optional<TrustedProxies> redirects_to_https;  ///< of a server with `httpsRedirect`: whether it believes X-Forwarded-Proto
  std::optional<Redirection> redirection;            ///< of a redirect, and of a server that sends plain requests away
  std::vector<Link> links;
  /// Of a server that sends plain requests away: where it says so.
  yaml::Node redirect_place() const { return GatewayServer{server}.tls()["httpsRedirect"]; }
  yaml::Node server;   ///< of a server: the item of the Gateway's `servers`
  yaml::Node rewrite;  ///< of a route: what it makes of host and path
};

class HopGraph {
 public:
  const Hop& operator[](std::uint32_t at) const { return hops_[at]; }
  std::size_t size() const { return hops_.size(); }
  /// Ways in from outside: one for each listener, load balancers in the order of their resources.
  const std::vector<Link>& entries() const { return entries_; }
  /// What the gates of links rest on; nullptr where there are none.
  const Gates* gates() const { return gates_.get(); }

 private:
  friend class HopBuilder;
  std::deque<Hop> hops_;  ///< large: none is moved or kept room for in advance
  std::vector<Link> entries_;
  std::shared_ptr<Gates> gates_;
};

/// Which VirtualServices are followed; all if it is empty.
using WantsRoutes = std::function<bool(const VirtualService&)>;

/// Every way from outside. Linear in resources and in bindings between them. `graph` must outlive it. With `wants` the ways through other
/// VirtualServices are left out, and nothing is told of what they leave open.
HopGraph build_hops(const Graph& graph, const WantsRoutes& wants = {});
/// Every way that a request of this workload's can take inside the mesh: its only entry is the workload.
HopGraph build_hops_from(const Graph& graph, const Workload& caller);

}  // namespace hop
