// A waypoint's listener on another port, or for another protocol, than the tunnel's.
#include "graph/gateway_class.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const K8sGateway& gateway : graph.linted<K8sGateway>()) {
    if (controller_of(graph, gateway) != "istio.io/mesh-controller") continue;
    for (yaml::Node listener : gateway.listeners()) {
      const auto port = integer_of(listener["port"]);
      const auto protocol = text_of(listener["protocol"]);
      if (port.is_known() && *port != 15008) report.at(gateway, port.node(), format("a waypoint listens on port 15008, not {}", *port));
      // Words that Istio does not know at all are another mistake.
      const bool plain = protocol.is_known() && (*protocol == "HTTP" || *protocol == "HTTPS" || *protocol == "TCP" || *protocol == "TLS");
      if (plain) report.at(gateway, protocol.node(), format("a waypoint's protocol is HBONE, not `{}`", *protocol));
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_waypoint_listener_invalid = {
    .info = {.id = "gatewayapi-waypoint-listener-invalid",
             .summary = "a listener of a waypoint is not for HBONE on port 15008",
             .docs = "What is sent to a waypoint comes through the mesh's tunnel. istiod refuses any other listener: \"Expected a single "
                     "listener on port 15008 with protocol HBONE\".",
             .effect = "the listener is not accepted: what is to pass the waypoint finds nobody there",
             .source = "https://istio.io/latest/docs/ambient/usage/waypoint/#deploy-a-waypoint-proxy",
             .severity = Severity::error},
    .reads = {Kind::k8s_gateway, Kind::gateway_class},
    .check = check,
};

}  // namespace hop::rules
