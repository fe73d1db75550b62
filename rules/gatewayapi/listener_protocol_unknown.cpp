// A listener with a protocol that its controller does not know.
#include <array>

#include "graph/gateway_class.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Controller {
  std::string_view name;
  std::array<std::string_view, 5> protocols;
};

// Source: istio/istio pilot/pkg/config/kube/gateway; aws-load-balancer-controller docs/guide/gateway.
constexpr Controller controllers[] = {
    {"istio.io/gateway-controller", {"HTTP", "HTTPS", "TLS", "TCP", "HBONE"}},
    {"istio.io/mesh-controller", {"HBONE", "HTTP", "HTTPS", "TLS", "TCP"}},
    {"gateway.k8s.aws/alb", {"HTTP", "HTTPS"}},
    {"gateway.k8s.aws/nlb", {"TCP", "UDP", "TLS", "TCP_UDP"}},
};

void check(const Graph& graph, Report& report) {
  for (const K8sGateway& gateway : graph.linted<K8sGateway>()) {
    const auto* serves = std::find_if(std::begin(controllers), std::end(controllers),
                                      [name = controller_of(graph, gateway)](const Controller& one) { return one.name == name; });
    if (serves == std::end(controllers)) continue;
    for (yaml::Node listener : gateway.listeners()) {
      const auto protocol = text_of(listener["protocol"]);
      const auto& known = serves->protocols;
      if (!protocol.is_known() || std::find(known.begin(), known.end(), *protocol) != known.end()) continue;
      Finding finding = report.at(gateway, protocol.node(), format("`{}` is no protocol that `{}` serves", *protocol, serves->name));
      finding.note(gateway.class_name(), "the class");
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_listener_protocol_unknown = {
    .info = {.id = "gatewayapi-listener-protocol-unknown",
             .summary = "a listener has a protocol that its controller does not serve",
             .docs = "The API server takes any word; the controllers do not. Istio serves HTTP, HTTPS, TLS, TCP and HBONE, the AWS Load "
                     "Balancer Controller HTTP and HTTPS on an ALB, TCP, UDP, TLS and TCP_UDP on an NLB. Words are in capitals.",
             .effect = "the listener is not accepted: nothing listens on its port",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.ProtocolType",
             .severity = Severity::error},
    .reads = {Kind::k8s_gateway, Kind::gateway_class},
    .check = check,
};

}  // namespace hop::rules
