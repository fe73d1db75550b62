// A policy that looks at the client's address on a gateway that sees the load balancer's.
#include <map>

#include "graph/trusted_proxies.h"
#include "model/ip_block.h"
#include "model/istio/client_address.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Public addresses among those that are compared with the direct peer.
std::vector<yaml::Node> public_peers(const AuthorizationPolicy& policy) {
  std::vector<yaml::Node> found;
  for (yaml::Node source : policy.sources()) {
    for (const char* field : {"ipBlocks", "notIpBlocks"}) {
      for (yaml::Node block : source[field].items()) {
        if (text_of(block).is_known() && is_public_ipv4(block.str())) found.push_back(block);
      }
    }
  }
  return found;
}

struct Behind {
  Workload pod;
  const TargetGroup* group;
};

/// Gateway pods that an ALB sends to, by namespace.
std::map<std::string_view, std::vector<Behind>> gateways_behind_albs(const Graph& graph) {
  std::map<std::string_view, std::vector<Behind>> found;
  std::map<std::uint32_t, bool> seen;
  for (const TargetGroup& group : graph.target_groups()) {
    for (const Workload& pod : group.pods) {
      if (group.to_gateway() && seen.emplace(pod->id, true).second) found[pod->ns].push_back({pod, &group});
    }
  }
  return found;
}

void judge(const Graph& graph, const AuthorizationPolicy& policy, const Behind& behind, Report& report) {
  for (yaml::Node block : public_peers(policy)) {
    report.at(policy, block, format("`{}` is compared with the ALB's address, never with the client's", block.str()))
        .note(behind.group->backend.path.service(), "an ALB stands in front of this gateway")
        .severity(Severity::warning)
        .effect("the entry matches nobody; `remoteIpBlocks` looks at the client");
  }
  const auto places = remote_address_places(policy);
  if (places.empty()) return;
  const TrustedProxies trusted = trusted_proxies(graph, behind.pod);
  if (trusted.open || trusted.malformed || trusted.count > 0) return;
  for (yaml::Node place : places) {
    Finding finding = report.at(policy, place, "the gateway takes the ALB's address for the client's: no proxy is trusted");
    finding.note(behind.group->backend.path.service(), "an ALB stands in front of this gateway");
    if (trusted.known) finding.note(trusted.node, "no `gatewayTopology.numTrustedProxies` here");
    if (!trusted.known) finding.severity(Severity::warning);
  }
}

void check(const Graph& graph, Report& report) {
  const auto gateways = gateways_behind_albs(graph);
  if (gateways.empty()) return;
  for (const AuthorizationPolicy& policy : graph.linted<AuthorizationPolicy>()) {
    if (!target_refs(*policy).empty()) continue;
    const auto here = gateways.find(policy->ns);
    if (here == gateways.end()) continue;
    for (const Behind& behind : here->second) {
      if (!graph.sees(*policy, *behind.pod) || matches(policy.selector(), behind.pod.labels()) != Truth::yes) continue;
      judge(graph, policy, behind, report);
      break;  // one gateway is enough to be wrong
    }
  }
}

}  // namespace

extern constinit const Rule authz_client_address_behind_alb = {
    .info =
        {.id = "authz-client-address-behind-alb",
         .summary = "a policy on a gateway looks at client addresses that an ALB hides",
         .docs =
             "Behind an ALB every connection comes from the load balancer. `ipBlocks` looks at the connection, so public addresses in it "
             "match nobody. `remoteIpBlocks` and `remote.ip` look at `X-Forwarded-For`, but only if the gateway trusts the proxy in "
             "front: `meshConfig.defaultConfig.gatewayTopology.numTrustedProxies: 1` for an ALB alone, 2 behind CloudFront.\n\n"
             "A warning where the mesh's configuration is not among the manifests; silent where an EnvoyFilter sets the hops.",
         .effect = "an allow-list turns everybody away (403); a deny-list stops nobody",
         .source = "https://istio.io/latest/docs/tasks/security/authorization/authz-ingress/; "
                   "https://istio.io/latest/docs/ops/configuration/traffic-management/network-topologies/",
         .severity = Severity::error,
         .group = Group::security},
    .reads = {Kind::authorization_policy, Kind::envoy_filter, Facet::entry, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
