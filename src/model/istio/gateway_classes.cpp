#include "model/istio/gateway_classes.h"

#include <algorithm>
#include <array>

namespace hop::istio {
namespace {

constexpr std::array<GatewayClass, 4> classes = {{
    {"istio", "istio.io/gateway-controller", "istio.io-gateway-controller", "LoadBalancer", false, true},
    {"istio-waypoint", "istio.io/mesh-controller", "istio.io-mesh-controller", "ClusterIP", true, true},
    {"istio-east-west", "istio.io/eastwest-controller", "istio.io-eastwest-controller", "LoadBalancer", true, true},
    {"istio-remote", "istio.io/unmanaged-gateway", "", "", false, false},
}};

const GatewayClass* find(std::string_view text, std::string_view GatewayClass::* field) {
  const auto* found = std::find_if(classes.begin(), classes.end(), [&](const GatewayClass& one) { return one.*field == text; });
  return found == classes.end() ? nullptr : found;
}

}  // namespace

const GatewayClass* find_gateway_class(std::string_view name) { return find(name, &GatewayClass::name); }
const GatewayClass* gateway_class_of_controller(std::string_view controller) { return find(controller, &GatewayClass::controller); }

}  // namespace hop::istio
