#include "graph/gateway_class.h"

#include "model/istio/gateway_classes.h"

namespace hop {

std::string_view controller_of(const Graph& graph, const K8sGateway& gateway) {
  const auto name = text_of(gateway.class_name());
  if (!name.is_known()) return {};
  const Lookup found = graph.find(*gateway, Kind::gateway_class, "", *name);
  if (found.found() && !found.target->opaque) return text_of(found.target->spec()["controllerName"]).value_or("");
  const istio::GatewayClass* builtin = istio::find_gateway_class(*name);
  return builtin == nullptr ? std::string_view() : builtin->controller;
}

bool is_aws_gateway_controller(std::string_view controller) {
  return controller == "gateway.k8s.aws/alb" || controller == "gateway.k8s.aws/nlb";
}

}  // namespace hop
