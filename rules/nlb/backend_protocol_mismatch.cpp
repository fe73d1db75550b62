// A load balancer of a gateway's own Service that ends TLS, and what it sends on.
#include <algorithm>

#include "graph/gateway_port.h"
#include "graph/service_tls.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const TlsPort& tls : tls_ports(graph)) {
    if (tls.opens_tls == Truth::unknown) continue;
    const auto fits = [&](const ServerRef& ref) { return expects_tls(ref.server) != !tls.opens_tls; };
    if (std::any_of(tls.servers.begin(), tls.servers.end(), fits)) continue;
    const bool to_plain = tls.opens_tls == Truth::yes;
    report
        .at(tls.service, to_plain ? tls.protocol : tls.certificate,
            format("the load balancer ends TLS and sends {} to port {}, where the gateway expects {}", to_plain ? "TLS" : "plain text",
                   tls.port.node["port"].str(), to_plain ? "plain text" : "TLS"))
        .note(tls.servers.front().server.port_node()["protocol"], to_plain ? "this server speaks plain text" : "this server expects TLS");
  }
}

}  // namespace

extern constinit const Rule nlb_backend_protocol_mismatch = {
    .info =
        {.id = "nlb-backend-protocol-mismatch",
         .summary = "a gateway's own load balancer ends TLS and speaks another protocol than the gateway on that port",
         .docs =
             "With `aws-load-balancer-ssl-cert` the load balancer ends the client's TLS and sends plain text on, unless "
             "`aws-load-balancer-backend-protocol: ssl` makes it open TLS again. The Gateway server on that Service port must expect the "
             "same: `HTTP` behind plain text, `HTTPS` behind `ssl`.\n\nTo let the gateway end TLS, take `ssl-cert` away, or list only "
             "the other ports in `ssl-ports`. Stays silent for `backend-protocol: https`, which two controllers take differently.",
         .effect = "every connection to the port fails",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#backend-protocol",
         .severity = Severity::error},
    .reads = {Kind::service, Kind::gateway, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
