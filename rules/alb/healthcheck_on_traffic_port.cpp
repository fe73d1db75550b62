// The health check of a gateway behind an ALB: Envoy answers it on the status port, and only there.
#include <algorithm>
#include <set>
#include <span>

#include "graph/gateway_port.h"
#include "graph/once.h"
#include "model/aws/annotations.h"
#include "model/host.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_plain_ok(const HealthCheck& health) { return health.success_codes.is("200"); }

/// Whether the gateway may answer 200 to a request that names no host it knows: some route of it takes every host, or none is known.
bool may_answer(const Graph& graph, std::span<const Resource* const> gateways) {
  bool some = false;
  for (const Resource* gateway : gateways) {
    const GatewayRoutes& routes = graph.routes_of(*gateway);
    if (routes.unknown || routes.hosts.overlaps("health-check.invalid")) return true;
    some = some || !routes.virtual_services.empty();
  }
  return !some;
}

bool takes_any_host(const ServerRef& ref) {
  for (yaml::Node host : ref.server.hosts()) {
    const auto text = text_of(host);
    if (!text.is_known() || gateway_host(*text).host == "*") return true;
  }
  return false;
}

/// Whether no route can make it work: every server on the port has hosts of its own, or redirects.
bool refuse_others(std::span<const ServerRef> servers) {
  return std::ranges::none_of(
      servers, [](const ServerRef& ref) { return takes_any_host(ref) && ref.server.tls()["httpsRedirect"].boolean() != true; });
}

bool has_status_port(const TargetGroup& group) {
  if (!group.service.found()) return false;
  for (yaml::Node node : Service(*group.service.target).ports()) {
    const ServicePort port{node};
    const auto target = port.target_port() ? integer_of(port.target_port()) : port.number();
    if (port.name().equals(status_port_name) == Truth::yes && target.equals(status_port) == Truth::yes) return true;
  }
  return false;
}

/// Adds the three annotations in one go. Only where none of them is set and every backend of the Ingress has the port.
void add_fix(Finding& finding, const Graph& graph, const TargetGroup& group) {
  for (const TargetGroup& other : graph.target_groups_of(*group.ingress)) {
    const HealthCheck& health = other.health;
    if (!other.to_gateway() || !has_status_port(other) || health.port.set_by != nullptr || health.path.set_by != nullptr) return;
  }
  const std::string prefix(alb::prefix);
  const yaml::Node annotations = group.ingress->annotations();
  if (annotations.has(prefix + "healthcheck-protocol")) return;
  auto edit = add_pair(annotations, prefix + "healthcheck-port", status_port_name);
  const auto path = add_pair(annotations, prefix + "healthcheck-path", status_path);
  const auto protocol = add_pair(annotations, prefix + "healthcheck-protocol", "HTTP");
  if (!edit || !path || !protocol) return;
  edit->text += path->text + protocol->text;
  finding.fix(format("ask `{}` on the gateway's status port", status_path), {*edit});
}

void check(const Graph& graph, Report& report) {
  OncePerSpan<bool> refusing, answering;
  std::set<std::pair<std::uint32_t, std::string_view>> told;  // Ingress and Service
  for (const TargetGroup& group : graph.target_groups()) {
    const HealthCheck& health = group.health;
    if (!leads_to_gateway_pods(group) || !health.port.known || !health.path.known || !is_plain_ok(health)) continue;
    const std::string_view service = group.backend.path.service().str();
    if (health.asks_status_port()) {
      if (health.path.value == status_path || !told.emplace(group.ingress->id, service).second) continue;
      const bool set = health.path.set_by != nullptr;
      report
          .at(set ? *health.path.set_by : *health.port.set_by, set ? health.path.node : health.port.node,
              format("the gateway's status port does not answer `{}`, only `{}`", health.path.value, status_path))
          .note(group.backend.path.service(), "the gateway behind the ALB");
      continue;
    }
    const bool traffic = health.by == HealthCheck::By::traffic_port ||
                         (health.pod_port && health.service_port && group.port && health.service_port->node == group.port->node);
    if (!traffic || group.servers.empty()) continue;
    const bool certain = !group.assumed && refusing.of(group.servers, refuse_others);
    const auto may = [&](std::span<const Resource* const> gateways) { return may_answer(graph, gateways); };
    if (!certain && answering.of(group.gateways, may)) continue;
    if (!told.emplace(group.ingress->id, service).second) continue;
    const bool set = health.port.set_by != nullptr;
    Finding finding = report.at(set ? *health.port.set_by : *group.ingress, set ? health.port.node : group.backend.path.service(),
                                format("the ALB asks the gateway `{}` for `{}` on its traffic port", service, health.path.value));
    const GatewayServer& server = group.servers.front().server;
    const yaml::Node redirect = server.tls()["httpsRedirect"];
    if (redirect.boolean() == true)
      finding.note(redirect, "a health check is answered with a redirect here: 301");
    else
      finding.note(server.node["hosts"], "requests for other hosts, a health check's too, get 404 here");
    if (!certain) finding.severity(Severity::warning);
    add_fix(finding, graph, group);
  }
}

}  // namespace

extern constinit const Rule alb_healthcheck_on_traffic_port = {
    .info =
        {.id = "alb-healthcheck-on-traffic-port",
         .summary = "the ALB's health check of an Istio gateway asks where no 200 is answered",
         .docs = "Without annotations the load balancer asks `/` on the traffic port and expects 200. A health check names the target's "
                 "address as its host, so the gateway answers 404, or 301 where it redirects to HTTPS. Envoy answers "
                 "`/healthz/ready` on port 15021 only, over plain HTTP.\n\n"
                 "Set `healthcheck-port: status-port`, `healthcheck-path: /healthz/ready` and `healthcheck-protocol: HTTP`, best on the "
                 "gateway's Service: on the Ingress they hold for all of its backends.\n\n"
                 "Stays silent where a VirtualService on the gateway takes every host or none is among the manifests, and where "
                 "`success-codes` is set. An error where the servers' own hosts leave no way out, else a warning.",
         .effect =
             "every target is unhealthy: the ALB can no longer tell a broken gateway from a good one, and rollouts that wait for it hang",
         .source = "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4400; istio.io gateway installation",
         .severity = Severity::error,
         .group = Group::reliability,
         .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry, Facet::routing},
    .check = check,
};

}  // namespace hop::rules
