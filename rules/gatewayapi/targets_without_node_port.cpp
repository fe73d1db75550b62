// A route of the controller's Gateway to a Service that instance targets cannot reach.
#include <set>

#include "graph/attachments.h"
#include "graph/gateway_class.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether a TargetGroupConfiguration is about the Service.
bool is_about(const Resource& configuration, const Resource& service) {
  const yaml::Node target = configuration.spec()["targetReference"];
  return configuration.kind_name == "TargetGroupConfiguration" && configuration.ns == service.ns && target["name"].str() == service.name;
}

/// Whether pods may be targets themselves; a configuration that says nothing leaves it at instances.
Truth sends_to_pods(const Graph& graph, const Resource& service, const std::vector<const Resource*>& configurations) {
  const Setting& usual = graph.controller(service).target_type;
  Truth any = usual.known ? truth(usual.set_by != nullptr && usual.value == "ip") : Truth::unknown;
  for (const Resource* configuration : configurations) {
    if (!is_about(*configuration, service)) continue;
    any = any || text_of(configuration->spec()["defaultConfiguration"]["targetType"]).equals("ip");
    for (yaml::Node route : configuration->spec()["routeConfigurations"].items()) {
      any = any || text_of(route["targetGroupProps"]["targetType"]).equals("ip");
    }
    if (configuration->patched) any = any || Truth::unknown;
  }
  return any;
}

bool has_no_node_port(const Resource& service) {
  const auto type = Service(service).type();
  return !service.opaque && !type.is_unknown() && type.value_or("ClusterIP") == "ClusterIP";
}

void check(const Graph& graph, Report& report) {
  std::vector<const Resource*> configurations;
  for (const Resource* resource : graph.of(Kind::other)) {
    if (resource->kind_name == "TargetGroupConfiguration") configurations.push_back(resource);
  }
  std::set<Span> told;  // a backend once, however many Gateways its route is attached to
  for (const Attachment& attachment : attachments(graph)) {
    if (!is_aws_gateway_controller(controller_of(graph, K8sGateway(*attachment.gateway.target)))) continue;
    for (const RouteRef& backend : attachment.route.backends()) {
      if (backend.kind != Kind::service) continue;
      const Lookup found = graph.find(*attachment.route, Kind::service, backend.ns, backend.name().str());
      if (!found.found() || found.any([](const Resource& copy) { return !has_no_node_port(copy); })) continue;
      const Service service(*found.target);
      if (sends_to_pods(graph, *service, configurations) != Truth::no || !told.insert(backend.name().span()).second) continue;
      Finding finding = report.at(attachment.route, backend.name(),
                                  format("the load balancer sends to nodes, and Service `{}` has no node port", service->name));
      finding.note(service.type_node() ? service.type_node() : service->name_node(), "ClusterIP");
      if (!graph.complete(service->ns)) finding.severity(Severity::warning);
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_targets_without_node_port = {
    .info = {.id = "gatewayapi-targets-without-node-port",
             .summary = "a route of an AWS load balancer's Gateway leads to a Service that its instance targets cannot reach",
             .docs =
                 "The AWS Load Balancer Controller makes target groups of nodes unless a TargetGroupConfiguration for the Service says "
                 "`targetType: ip`. Nodes take requests on node ports, which a ClusterIP Service does not have.\n\nAdd a "
                 "TargetGroupConfiguration with `targetType: ip`, or make the Service a NodePort. Without `complete` it is a warning: the "
                 "configuration may live elsewhere.",
             .effect = "the target group cannot be made (its port is empty), and the Gateway's other routes wait with it",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/customization/",
             .severity = Severity::error,
             .applies = {Component::controller, {2, 13}}},
    .reads = {Kind::other, Kind::http_route, Kind::grpc_route, Kind::tls_route, Kind::tcp_route, Kind::k8s_gateway, Kind::gateway_class,
              Kind::service, Facet::entry},
    .check = check,
};

}  // namespace hop::rules
