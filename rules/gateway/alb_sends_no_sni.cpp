// TLS from an ALB carries no server name; a server that wants one never matches.
#include <algorithm>
#include <set>

#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether the server takes a TLS handshake without a server name: a plain `*` among its hosts.
Truth takes_any_name(const GatewayServer& server) {
  Truth any = Truth::no;
  for (yaml::Node host : server.hosts()) {
    const auto text = text_of(host);
    any = any || (text.is_known() ? truth(gateway_host(*text).host == "*") : Truth::unknown);
  }
  return any;
}

/// A server that passes TLS on is another mistake behind an ALB.
bool terminates_tls(const GatewayServer& server) {
  const auto protocol = server.protocol();
  const auto mode = server.tls_mode();
  if (server.tls() && (mode.is_absent() || mode.equals("PASSTHROUGH") == Truth::yes || mode.equals("AUTO_PASSTHROUGH") == Truth::yes))
    return false;
  return protocol.is_known() && speaks_tls(parse_protocol(*protocol));
}

void check(const Graph& graph, Report& report) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> told;  // a Gateway's server once, however many Ingress paths lead to it
  for (const TargetGroup& group : graph.target_groups()) {
    if (!group.protocol.is("HTTPS") || group.servers.empty()) continue;
    if (!std::all_of(group.servers.begin(), group.servers.end(), [](const ServerRef& ref) { return terminates_tls(ref.server); })) continue;
    // One server that takes every name serves the whole port.
    if (std::any_of(group.servers.begin(), group.servers.end(),
                    [](const ServerRef& ref) { return takes_any_name(ref.server) != Truth::no; }))
      continue;
    for (const ServerRef& ref : group.servers) {
      if (!told.emplace(ref.gateway->id, ref.server.node.span().begin).second || !ref.gateway->linted()) continue;
      Finding finding =
          report.at_key(*ref.gateway, ref.server.node["hosts"], "an ALB sends no server name, but this server's hosts ask for one");
      if (group.assumed) finding.severity(Severity::warning);
      finding.label("`*` is not among them");
      const yaml::Node from = group.protocol.node ? group.protocol.node : group.backend.path.port();
      finding.note(from, "the ALB opens TLS to the gateway here");
    }
  }
}

}  // namespace

extern constinit const Rule gateway_alb_sends_no_sni = {
    .info =
        {.id = "gateway-alb-sends-no-sni",
         .summary = "a TLS server behind an ALB does not have `*` among its hosts",
         .docs =
             "An ALB with `backend-protocol: HTTPS` opens a TLS session of its own to the gateway and sends no server name (SNI). Envoy "
             "chooses the server by that name, unless one lists exactly `*`: even `*.example.com` does not match.\n\n"
             "Put `*` among the server's hosts and choose the host in VirtualServices: the Host header arrives unchanged.",
         .effect = "every handshake fails (filter_chain_not_found) and the ALB answers 502",
         .source = "https://github.com/istio/istio/issues/31421; https://github.com/aws-samples/eks-alb-istio-with-tls",
         .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
