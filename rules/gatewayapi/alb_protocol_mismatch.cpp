// An ALB that speaks another protocol than the listener of the Gateway API behind it.
#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view gateway_label = "gateway.networking.k8s.io/gateway-name";

/// The listeners that the target group's Service port leads to.
std::vector<yaml::Node> listeners_of(const K8sGateway& gateway, const ServicePort& port) {
  std::vector<yaml::Node> found;
  for (yaml::Node listener : gateway.listeners()) {
    const auto number = integer_of(listener["port"]);
    if (number.is_known() && port.number().equals(*number) == Truth::yes) found.push_back(listener);
  }
  return found;
}

void check_group(const Graph& graph, const TargetGroup& group, Report& report) {
  if (!group.service.found() || !group.port || !group.protocol.known || !group.ingress->linted()) return;
  const auto name = text_of(Service(*group.service.target).selector()[gateway_label]);
  if (!name.is_known()) return;
  const Lookup gateway = graph.find(*group.ingress, Kind::k8s_gateway, group.service.target->ns, *name);
  if (!gateway.found() || gateway.target->opaque) return;
  const bool sends_tls = group.protocol.is("HTTPS");
  for (yaml::Node listener : listeners_of(K8sGateway(*gateway.target), *group.port)) {
    const auto protocol = text_of(listener["protocol"]);
    const bool takes_tls = protocol.is_known() && (*protocol == "HTTPS" || *protocol == "TLS");
    const bool takes_plain = protocol.is_known() && *protocol == "HTTP";
    if (sends_tls ? !takes_plain : !takes_tls) continue;
    const yaml::Node place = group.protocol.node ? group.protocol.node : group.backend.path.port();
    const Resource& by = group.protocol.set_by != nullptr ? *group.protocol.set_by : *group.ingress;
    Finding finding = report.at(
        by.linted() ? by : *group.ingress, by.linted() ? place : group.backend.path.port(),
        sends_tls ? "the ALB sends TLS to a listener that expects plain HTTP" : "the ALB sends plain HTTP to a listener that expects TLS");
    finding.note(listener["protocol"], "the listener's protocol");
    return;
  }
}

void check(const Graph& graph, Report& report) {
  for (const TargetGroup& group : graph.target_groups()) check_group(graph, group, report);
}

}  // namespace

extern constinit const Rule gatewayapi_alb_protocol_mismatch = {
    .info = {.id = "gatewayapi-alb-protocol-mismatch",
             .summary = "an ALB speaks another protocol than the listener of the Gateway behind it",
             .docs =
                 "The Service that Istio makes for a Gateway of the Gateway API has a port for each listener. `backend-protocol` of the "
                 "Ingress must be HTTPS where the listener ends TLS, and HTTP where it does not.",
             .effect = "every request fails with 502; targets stay unhealthy",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#backend-protocol",
             .severity = Severity::error},
    .reads = {Kind::k8s_gateway, Facet::entry},
    .check = check,
};

}  // namespace hop::rules
