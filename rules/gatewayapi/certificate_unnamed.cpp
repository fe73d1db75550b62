// Listeners that terminate TLS without a certificate.
#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node listener : K8sGateway(resource).listeners()) {
    const auto protocol = text_of(listener["protocol"]);
    const yaml::Node tls = listener["tls"];
    const auto mode = text_of(tls["mode"]);
    if (!protocol.is_known() || (*protocol != "HTTPS" && *protocol != "TLS") || mode.is_unknown()) continue;
    const bool passes = mode.is_known() && *mode == "Passthrough";
    if (passes && *protocol == "HTTPS") {
      report.at(resource, mode.node(), "an HTTPS listener terminates TLS; one that passes it through has the protocol TLS")
          .note(protocol.node(), "the protocol");
    } else if (!passes && tls["certificateRefs"].size() == 0 && tls["options"].size() == 0) {
      report.at(resource, tls ? tls : protocol.node(), format("the {} listener terminates TLS and names no certificate", *protocol));
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_certificate_unnamed = {
    .info = {.id = "gatewayapi-certificate-unnamed",
             .summary = "a listener terminates TLS and names no certificate, or is to pass HTTPS through",
             .docs = "Listeners with the protocol HTTPS or TLS have `tls` with `certificateRefs` (or `options` that the "
                     "controller understands), unless the mode is `Passthrough`, which only TLS listeners have.",
             .effect = "the listener is not accepted",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.GatewayTLSConfig",
             .severity = Severity::error},
    .reads = {Kind::k8s_gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
