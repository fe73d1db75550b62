// More trusted proxies than stand in front of a gateway.
#include <set>

#include "graph/trusted_proxies.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::int64_t usual = 2;  // a content network in front of the ALB, which no manifest shows

void check(const Graph& graph, Report& report) {
  std::set<std::uint32_t> judged;  // pods
  std::set<Span> told;
  for (const TargetGroup& group : graph.target_groups()) {
    if (!group.to_gateway() || group.pods.empty() || !judged.insert(group.pods.front()->id).second) continue;
    const TrustedProxies trusted = trusted_proxies(graph, group.pods.front());
    if (!trusted.known || trusted.malformed || trusted.count < usual || !trusted.set_by->linted()) continue;
    if (!told.insert(trusted.node.span()).second) continue;
    Finding finding = report.at(*trusted.set_by, trusted.node, format("{} proxies are trusted; the ALB in front is one", trusted.count));
    finding.note(group.backend.path.service(), "this ALB Ingress sends to the gateway");
    if (trusted.count == usual) finding.severity(Severity::info);
  }
}

}  // namespace

extern constinit const Rule mesh_trusted_proxies_excess = {
    .info = {.id = "mesh-trusted-proxies-excess",
             .summary = "a gateway trusts more proxies than stand in front of it",
             .docs = "Each trusted proxy is one entry of `X-Forwarded-For` from its end. An ALB alone is 1; with CloudFront before it 2. A "
                     "larger number reaches into what the client sent itself.\n\nInfo for 2, since what stands before the ALB is in no "
                     "manifest.",
             .effect = "clients choose the address that logs, rate limits and `remoteIpBlocks` see",
             .source = "https://istio.io/latest/docs/ops/configuration/traffic-management/network-topologies/",
             .severity = Severity::warning,
             .group = Group::security},
    .reads = {Kind::envoy_filter, Facet::entry, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
