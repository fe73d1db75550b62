// A type that the Service of a gateway cannot have, where an installation says it.
#include <algorithm>

#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view types[] = {"ClusterIP", "NodePort", "LoadBalancer"};

void check(const Graph& graph, Report& report) {
  for (const Service& service : graph.all<Service>()) {
    // Services of the manifests are checked field by field.
    if (service->origin != Origin::implied || !service.type().is_known()) continue;
    const std::string_view type = *service.type();
    if (type.empty() || std::ranges::find(types, type) != std::end(types)) continue;
    report.at(service, service.type_node(),
              type == "ExternalName" ? format("the Service of gateway `{}` cannot be an ExternalName", service->name)
                                     : format("the Service of gateway `{}` cannot be of type `{}`", service->name, shorten(type, 24)));
  }
}

}  // namespace

extern constinit const Rule service_gateway_type_invalid = {
    .info = {.id = "service-gateway-type-invalid",
             .summary = "an installation gives a gateway's Service a type that it cannot have",
             .docs = "`components.ingressGateways[].k8s.service.type` of an IstioOperator, `service.type` of the gateway chart and the "
                     "annotation `networking.istio.io/service-type` of a Gateway are `ClusterIP`, `NodePort` or `LoadBalancer`. An "
                     "`ExternalName` has no pods.",
             .effect = "the API server refuses the Service, or it leads to no pod of the gateway",
             .source = "https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
             .severity = Severity::error},
    .reads = {Kind::service},
    .check = check,
};

}  // namespace hop::rules
