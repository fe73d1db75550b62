// A gateway behind an ALB that believes nothing the ALB says about the client.
#include <algorithm>
#include <set>

#include "graph/once.h"
#include "graph/trusted_proxies.h"
#include "model/istio/client_address.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Its own rule says what comes of it there.
std::set<std::string_view> namespaces_with_address_policies(const Graph& graph) {
  std::set<std::string_view> namespaces;
  for (const AuthorizationPolicy& policy : graph.linted<AuthorizationPolicy>()) {
    if (!remote_address_places(policy).empty()) namespaces.insert(policy->ns);
  }
  return namespaces;
}

/// The same for a redirect.
bool redirects(std::span<const ServerRef> servers) {
  return std::ranges::any_of(servers, [](const ServerRef& ref) { return ref.server.tls()["httpsRedirect"].boolean() == true; });
}

void check(const Graph& graph, Report& report) {
  std::set<std::uint32_t> judged;                                             // pods
  std::set<std::string_view> told = namespaces_with_address_policies(graph);  // namespaces of gateway pods
  OncePerSpan<bool> redirected;
  for (const TargetGroup& group : graph.target_groups()) {
    if (!group.to_gateway() || group.assumed || group.pods.empty() || redirected.of(group.servers, redirects)) continue;
    const Workload& pod = group.pods.front();
    if (!judged.insert(pod->id).second) continue;
    const TrustedProxies trusted = trusted_proxies(graph, pod);
    if (trusted.open || trusted.malformed || trusted.count > 0 || !told.insert(pod->ns).second) continue;
    Finding finding = report.at(*group.ingress, group.backend.path.service(), "the gateway behind the ALB trusts no proxy in front of it");
    if (trusted.known) finding.note(trusted.node, "no `gatewayTopology.numTrustedProxies` here");
  }
}

}  // namespace

extern constinit const Rule mesh_trusted_proxies_unset = {
    .info = {.id = "mesh-trusted-proxies-unset",
             .summary = "a gateway behind an ALB has no `numTrustedProxies`",
             .docs = "Without `meshConfig.defaultConfig.gatewayTopology.numTrustedProxies: 1` the gateway takes the load balancer for the "
                     "client, and plain HTTP from it for what the client used. Where a policy or a redirect stands on that, other rules "
                     "say so; this is for logs, rate limits and applications that build links.",
             .effect = "access logs show the ALB's address, and applications see `x-forwarded-proto: http`",
             .source = "https://istio.io/latest/docs/ops/configuration/traffic-management/network-topologies/",
             .severity = Severity::info},
    .reads = {Kind::authorization_policy, Kind::envoy_filter, Facet::entry, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
