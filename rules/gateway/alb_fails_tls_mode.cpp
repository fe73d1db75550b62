// TLS modes of a Gateway server that an ALB cannot satisfy.
#include <algorithm>
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

bool needs_certificate(std::string_view mode) { return mode == "MUTUAL" || mode == "ISTIO_MUTUAL"; }
bool needs_name(std::string_view mode) { return mode == "PASSTHROUGH" || mode == "AUTO_PASSTHROUGH"; }

/// Whether the mode of a server is one that an ALB cannot meet; unknown for a placeholder.
Truth cannot_meet(const GatewayServer& server) {
  const auto mode = server.tls_mode();
  if (mode.is_unknown()) return Truth::unknown;
  if (!server.tls()) return Truth::no;
  const std::string_view word = mode.value_or("PASSTHROUGH");
  return truth(needs_certificate(word) || needs_name(word));
}

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  for (const TargetGroup& group : graph.target_groups()) {
    // One server that takes the handshake serves the port.
    if (!group.protocol.is("HTTPS") || !std::all_of(group.servers.begin(), group.servers.end(),
                                                    [](const ServerRef& ref) { return cannot_meet(ref.server) == Truth::yes; }))
      continue;
    for (const ServerRef& ref : group.servers) {
      const yaml::Node mode = ref.server.tls()["mode"];
      const std::string_view word = ref.server.tls_mode().value_or("PASSTHROUGH");
      if (!ref.gateway->linted() || !told.insert(ref.server.node.span()).second) continue;
      const bool certificate = needs_certificate(word);
      Finding finding = report.at(*ref.gateway, mode,
                                  certificate ? format("`{}` asks for a client certificate, which an ALB never has", word)
                                              : format("`{}` routes by the server name, which an ALB never sends", word));
      finding.explains_place().note(group.protocol.node, "the ALB opens a TLS session of its own here");
      if (group.assumed) finding.severity(Severity::warning);
    }
  }
}

}  // namespace

extern constinit const Rule gateway_alb_fails_tls_mode = {
    .info = {.id = "gateway-alb-fails-tls-mode",
             .summary = "a Gateway server behind an ALB has a TLS mode that the ALB cannot meet",
             .docs =
                 "An ALB ends the client's TLS and opens a session of its own to the target: without client certificate, so `MUTUAL` "
                 "fails, and without server name, so `PASSTHROUGH` and `AUTO_PASSTHROUGH` find no route. Use `SIMPLE` behind an ALB and "
                 "let the ALB authenticate clients (`mutual-authentication`), or put an NLB in front that passes TLS "
                 "through.\n\nStays silent where another server on the port takes the ALB's handshake.",
             .effect = "every handshake fails and the ALB answers 502",
             .source = "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1892",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
