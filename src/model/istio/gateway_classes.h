#pragma once
// The GatewayClasses that istiod serves, as a table. Knows nothing of Gateways.
// Source: istio/istio pilot/pkg/config/kube/gateway/gatewayclass.go and deploymentcontroller.go (builtinClasses, classInfos).

#include <string_view>

namespace hop::istio {

struct GatewayClass {
  std::string_view name;  ///< of the class that istiod makes itself
  std::string_view controller;
  std::string_view managed;       ///< label `gateway.istio.io/managed` of what is made for a Gateway
  std::string_view service_type;  ///< without annotation `networking.istio.io/service-type`
  bool bare_name;                 ///< what is made is called as the Gateway; else the class's name is added to it
  bool deployed;                  ///< whether istiod makes anything at all
};

/// nullptr for the names of other classes.
const GatewayClass* find_gateway_class(std::string_view name);
const GatewayClass* gateway_class_of_controller(std::string_view controller);

}  // namespace hop::istio
