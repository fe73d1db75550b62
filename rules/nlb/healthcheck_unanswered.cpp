// A health check of a gateway's own load balancer that the gateway does not answer.
#include "graph/gateway_port.h"
#include "graph/service_health.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_status(const GatewayHealth& found, Report& report) {
  const ServiceHealth& health = found.health;
  if (health.asks == "https") {
    Finding finding = report.at(found.service, health.protocol.node(), "the health check speaks TLS to the gateway's status port");
    finding.note(health.port.node(), "this port answers plain HTTP only").fix("ask over HTTP", health.protocol.node(), "http");
  }
  if (health.asks != "http" && health.asks != "https") return;
  if (health.path.is_unknown() || health.path.equals(status_path) == Truth::yes) return;
  const bool set = health.path.is_known();
  Finding finding = report.at(found.service, set ? health.path.node() : health.port.node(),
                              format("the gateway's status port does not answer `{}`, only `{}`", health.path.value_or("/"), status_path));
  if (set) finding.fix(format("ask for `{}`", status_path), health.path.node(), status_path);
}

void check(const Graph& graph, Report& report) {
  for (const GatewayHealth& found : gateway_healths(graph)) {
    const ServiceHealth& health = found.health;
    if (health.name_missing) {
      report.at(found.service, health.port.node(), format("the Service has no port `{}` for the health check", *health.port))
          .note(found.service.spec()["ports"].key_span(), "its ports")
          .effect("the controller stops with FailedBuildModel and the load balancer is not made or not updated");
    } else if (health.pod_port == status_port) {
      check_status(found, report);
    } else if (health.pod_port && listens_at(graph, found.gateway, *health.pod_port) == Truth::no) {
      Finding finding = report.at(found.service, health.port.node(), format("nothing listens on port {} of the gateway", *health.pod_port));
      finding.note(found.gateway->name_node(), format("its status port is {}", status_port));
      // A Gateway that is not among the manifests may have a server there.
      if (!graph.world().complete) finding.severity(Severity::warning);
    }
  }
}

}  // namespace

extern constinit const Rule nlb_healthcheck_unanswered = {
    .info =
        {.id = "nlb-healthcheck-unanswered",
         .summary = "the load balancer of a gateway's own Service asks for health where the gateway does not answer",
         .docs =
             "An Istio gateway answers `/healthz/ready` on port 15021, over plain HTTP, and nothing else there. With ip targets "
             "`healthcheck-port` is a port of the pods; with instance targets a node port; the name of a Service port is right for "
             "both.\n\n"
             "Judged where the Service selects nothing but gateways and the health check has a port of its own. That nothing listens on "
             "that port is a warning without `complete`: a Gateway from elsewhere may.",
         .effect = "every target is unhealthy: the load balancer sends to all of them or to none",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#health-check; "
                   "https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio",
         .severity = Severity::error,
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::service, Kind::gateway, Facet::workloads, Facet::entry},
    .check = check,
};

}  // namespace hop::rules
