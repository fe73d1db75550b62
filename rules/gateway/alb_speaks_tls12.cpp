// A server that wants TLS 1.3 from an ALB whose listener policy keeps it at 1.2.
#include <set>

#include "graph/entry_path.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  for (const EntryPath& path : entry_paths(graph)) {
    const Setting& policy = path.listener->ssl_policy;
    if (!path.listener->https || !path.target->protocol.is("HTTPS") || !policy.known ||
        policy.value.find("TLS13") != std::string_view::npos)
      continue;
    for (const ServerRef& ref : path.target->servers) {
      const yaml::Node version = ref.server.tls()["minProtocolVersion"];
      if (version.str() != "TLSV1_3" || !ref.gateway->linted() || !told.insert(version.span()).second) continue;
      Finding finding = report.at(*ref.gateway, version, "an ALB with this listener policy speaks TLS 1.2 at most to its targets");
      finding.note(policy.set_by != nullptr ? policy.node : path.listener->sources.front().node,
                   policy.set_by != nullptr ? "the policy" : "without `ssl-policy` it is ELBSecurityPolicy-2016-08");
      if (path.target->assumed) finding.severity(Severity::warning);
    }
  }
}

}  // namespace

extern constinit const Rule gateway_alb_speaks_tls12 = {
    .info = {.id = "gateway-alb-speaks-tls12",
             .summary = "a Gateway server demands TLS 1.3 of an ALB that speaks 1.2",
             .docs = "Towards its targets an ALB uses TLS 1.3 only if the listener's `ssl-policy` is one of TLS 1.3 "
                     "(`ELBSecurityPolicy-TLS13-…`); with any other, the default among them, TLS 1.2 is the highest.\n\nChange the "
                     "policy, or let the server take `TLSV1_2`.",
             .effect = "every handshake between the ALB and the gateway fails: 502",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
