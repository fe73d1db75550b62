// Listeners that terminate TLS without a certificate.
#include "graph/gateway_class.h"
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The API server refuses empty `tls`; without any it is for the controller, and other controllers than Istio find certificates elsewhere.
bool asks_for_certificate(const Graph& graph, const K8sGateway& gateway, yaml::Node tls) {
  return tls ? tls["certificateRefs"].size() == 0 && tls["options"].size() == 0 : controller_of(graph, gateway) == istio_gateway_controller;
}

void check_gateway(const Graph& graph, const K8sGateway& gateway, Report& report) {
  for (yaml::Node listener : gateway.listeners()) {
    const auto protocol = text_of(listener["protocol"]);
    const yaml::Node tls = listener["tls"];
    const auto mode = text_of(tls["mode"]);
    if (!protocol.is_known() || (*protocol != "HTTPS" && *protocol != "TLS") || mode.is_unknown()) continue;
    const bool passes = mode.is_known() && *mode == "Passthrough";
    if (passes && *protocol == "HTTPS") {
      report.at(*gateway, mode.node(), "an HTTPS listener terminates TLS; one that passes it through has the protocol TLS")
          .note(protocol.node(), "the protocol");
    } else if (!passes && asks_for_certificate(graph, gateway, tls) && !may_get(*gateway, tls, {"certificateRefs", "options"}) &&
               !may_get(*gateway, listener, {"tls"})) {
      report.at(*gateway, tls ? tls : protocol.node(), format("the {} listener terminates TLS and names no certificate", *protocol));
    }
  }
}

void check(const Graph& graph, Report& report) {
  for (const K8sGateway& gateway : graph.linted<K8sGateway>()) check_gateway(graph, gateway, report);
}

}  // namespace

extern constinit const Rule gatewayapi_certificate_unnamed = {
    .info = {.id = "gatewayapi-certificate-unnamed",
             .summary = "a listener terminates TLS and names no certificate, or is to pass HTTPS through",
             .docs =
                 "Listeners with the protocol HTTPS or TLS have `tls` with `certificateRefs` (or `options` that the "
                 "controller understands), unless the mode is `Passthrough`, which only TLS listeners have. Without `tls` only Gateways of "
                 "Istio's class are reported: other controllers find certificates elsewhere.",
             .effect = "the listener is not accepted",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.GatewayTLSConfig",
             .severity = Severity::error},
    .reads = {Kind::k8s_gateway, Kind::gateway_class},
    .check = check,
};

}  // namespace hop::rules
