// TLS towards Envoy's status port, which speaks plain HTTP.
#include <set>

#include "graph/gateway_port.h"
#include "model/aws/annotations.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Nobody else answers there for this path: it is a gateway though nothing else says so.
bool asks_like_gateway(const TargetGroup& group) { return group.service.unknown() && group.health.path.is(status_path); }

void check(const Graph& graph, Report& report) {
  std::set<std::pair<std::uint32_t, std::string_view>> told;  // Ingress and Service
  for (const TargetGroup& group : graph.target_groups()) {
    const HealthCheck& health = group.health;
    if (!health.asks_status_port() || !health.protocol.is("HTTPS") || health.port.set_by == nullptr) continue;
    const bool known = leads_to_gateway_pods(group);
    if (!known && !asks_like_gateway(group)) continue;
    if (!told.emplace(group.ingress->id, group.backend.path.service().str()).second) continue;
    const std::string key = std::string(alb::prefix) + "healthcheck-protocol";
    const bool own = health.protocol.set_by != nullptr && health.protocol.set_by->annotation(key) == health.protocol.node;
    Finding finding = report.at(own ? *health.protocol.set_by : *health.port.set_by, own ? health.protocol.node : health.port.node,
                                "the health check speaks TLS to the gateway's status port");
    // Annotations of a Service that is elsewhere would win.
    if (!known) finding.severity(Severity::warning);
    if (own) {
      finding.fix("set healthcheck-protocol to HTTP", health.protocol.node, "HTTP");
      continue;
    }
    finding.note(health.protocol.node, "without `healthcheck-protocol` this holds for the health check too");
    if (auto edit = add_pair(health.port.set_by->annotations(), key, "HTTP")) finding.fix("set healthcheck-protocol to HTTP", {*edit});
  }
}

}  // namespace

extern constinit const Rule alb_healthcheck_tls_on_status_port = {
    .info = {.id = "alb-healthcheck-tls-on-status-port",
             .summary = "the ALB's health check speaks TLS to an Istio gateway's status port",
             .docs =
                 "`healthcheck-protocol` is that of `backend-protocol` unless it is set. Port 15021 of a gateway, where Envoy answers "
                 "`/healthz/ready`, is plain HTTP whatever the gateway's servers speak.\n\nA warning where the backend's Service is not "
                 "among the manifests: port and path then tell that it is a gateway.",
             .effect = "every health check fails and every target is unhealthy",
             .source =
                 "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#healthcheck-protocol",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
