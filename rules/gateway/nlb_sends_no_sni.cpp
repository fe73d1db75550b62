// TLS that a Service's load balancer opens anew carries no server name.
#include <algorithm>
#include <set>

#include "graph/gateway_port.h"
#include "graph/service_tls.h"
#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether the server may take a handshake without a server name.
bool may_take_any_name(const ServerRef& ref) {
  if (expects_tls(ref.server) != Truth::yes || ref.server.tls_mode().is_unknown()) return true;
  for (yaml::Node host : ref.server.hosts()) {
    const auto text = text_of(host);
    if (!text.is_known() || gateway_host(*text).host == "*") return true;
  }
  return false;
}

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  for (const TlsPort& tls : tls_ports(graph)) {
    if (tls.opens_tls != Truth::yes || std::any_of(tls.servers.begin(), tls.servers.end(), may_take_any_name)) continue;
    for (const ServerRef& ref : tls.servers) {
      if (!ref.gateway->linted() || !told.insert(ref.server.node.span()).second) continue;
      report.at_key(*ref.gateway, ref.server.node["hosts"], "the NLB sends no server name, but this server's hosts ask for one")
          .label("`*` is not among them")
          .note(tls.protocol, "the load balancer opens TLS to the gateway here");
    }
  }
}

}  // namespace

extern constinit const Rule gateway_nlb_sends_no_sni = {
    .info =
        {.id = "gateway-nlb-sends-no-sni",
         .summary = "a TLS server behind an NLB that opens TLS anew does not have `*` among its hosts",
         .docs =
             "With `aws-load-balancer-ssl-cert` and `backend-protocol: ssl` the load balancer ends the client's TLS and opens a session of "
             "its own without server name (SNI). Envoy chooses the server by that name, unless one lists exactly `*`.\n\n"
             "Put `*` among the server's hosts and choose the host in VirtualServices, or take `ssl-cert` away: then the NLB passes the "
             "client's TLS through, server name and all.",
         .effect = "every handshake fails (filter_chain_not_found)",
         .source = "https://github.com/istio/istio/issues/53903; https://github.com/istio/istio/issues/35420",
         .severity = Severity::error},
    .reads = {Kind::service, Kind::gateway, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
