// A gateway that redirects to HTTPS what an ALB already took over HTTPS.
#include <set>

#include "graph/entry_path.h"
#include "graph/trusted_proxies.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The fewest proxies that any of the pods behind the target group trusts.
TrustedProxies trusted_by(const Graph& graph, const TargetGroup& target, const Resource& gateway) {
  if (target.pods.empty()) return trusted_proxies(graph, gateway);
  TrustedProxies least = trusted_proxies(graph, target.pods.front());
  for (const Workload& pod : target.pods) {
    if (TrustedProxies one = trusted_proxies(graph, pod); one.count < least.count || one.open) least = std::move(one);
  }
  return least;
}

void check(const Graph& graph, Report& report) {
  std::set<std::pair<Span, std::uint32_t>> judged;  // server and Service
  std::set<Span> told;
  for (const EntryPath& path : entry_paths(graph)) {
    if (!path.listener->https || !path.target->protocol.is("HTTP")) continue;
    for (const ServerRef& ref : path.target->servers) {
      const yaml::Node redirect = ref.server.tls()["httpsRedirect"];
      if (redirect.boolean() != true || !ref.gateway->linted() || told.contains(redirect.span())) continue;
      if (path.target->service.found() && !judged.emplace(redirect.span(), path.target->service.target->id).second) continue;
      const TrustedProxies trusted = trusted_by(graph, *path.target, *ref.gateway);
      if (trusted.open || trusted.malformed || trusted.count > 0) continue;
      told.insert(redirect.span());
      Finding finding = report.at(*ref.gateway, redirect, "redirects to HTTPS what the ALB already took over HTTPS");
      finding.note(path.listener->sources.front().node, format("the ALB terminates TLS on port {}", path.listener->port));
      finding.note(path.target->protocol.node ? path.target->protocol.node : path.target->backend.path.port(), "and sends plain HTTP on");
      if (trusted.known) finding.note(trusted.node, "no `gatewayTopology.numTrustedProxies` here");
      if (!trusted.known || path.target->assumed) finding.severity(Severity::warning);
    }
  }
}

}  // namespace

extern constinit const Rule gateway_redirect_loop_behind_alb = {
    .info = {.id = "gateway-redirect-loop-behind-alb",
             .summary = "a gateway server redirects to HTTPS, but its ALB sends it plain HTTP whatever the client used",
             .docs =
                 "The ALB says in `X-Forwarded-Proto` that the client came over HTTPS. Envoy believes it only from a trusted proxy and "
                 "otherwise sets it to `http`, since the ALB's connection is plain; so every request is redirected to HTTPS, comes back "
                 "through the ALB, and is redirected again.\n\n"
                 "Let the ALB redirect (`ssl-redirect`) and take `httpsRedirect` away, or set "
                 "`meshConfig.defaultConfig.gatewayTopology.numTrustedProxies: 1`.\n\n"
                 "A warning where the mesh's configuration is not among the manifests; silent where an EnvoyFilter sets the hops.",
             .effect = "clients see ERR_TOO_MANY_REDIRECTS",
             .source = "https://istio.io/latest/docs/ops/configuration/traffic-management/network-topologies/; "
                       "https://github.com/istio/istio/issues/16778",
             .severity = Severity::error},
    .reads = {Kind::envoy_filter, Facet::entry, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
