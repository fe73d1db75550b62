// A class whose controller is a slip for a known one.
#include "rule/rule.h"

namespace hop::rules {
namespace {

// Source: gateway-api.sigs.k8s.io/implementations and each project's documentation.
constexpr std::string_view controllers[] = {
    "istio.io/gateway-controller",
    "istio.io/mesh-controller",
    "istio.io/unmanaged-gateway",
    "istio.io/eastwest-controller",
    "gateway.k8s.aws/alb",
    "gateway.k8s.aws/nlb",
    "application-networking.k8s.aws/gateway-api-controller",
    "gateway.envoyproxy.io/gatewayclass-controller",
    "projectcontour.io/gateway-controller",
    "gateway.nginx.org/nginx-gateway-controller",
    "traefik.io/gateway-controller",
    "io.cilium/gateway-controller",
    "konghq.com/kic-gateway-controller",
    "networking.gke.io/gateway",
};

void check_one(const Resource& resource, Report& report) {
  const auto name = text_of(resource.spec()["controllerName"]);
  if (!name.is_known()) return;
  const auto meant = nearest(*name, controllers);
  if (!meant) return;
  report.at(resource, name.node(), format("no controller is called `{}`", shorten(*name, 60)))
      .fix(format("change it to `{}`", *meant), name.node(), *meant, Safety::unsafe);
}

}  // namespace

extern constinit const Rule gatewayapi_controller_unknown = {
    .info = {.id = "gatewayapi-controller-unknown",
             .summary = "the controller of a GatewayClass is a slip for a known one",
             .docs = "`controllerName` is compared by controllers as it is written. Names that resemble none of the known ones are left "
                     "alone.",
             .effect = "no controller takes the class: none of its Gateways is served",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.GatewayClassSpec",
             .severity = Severity::error,
             .fixes = FixPolicy::always},
    .reads = {Kind::gateway_class},
    .check_one = check_one,
};

}  // namespace hop::rules
