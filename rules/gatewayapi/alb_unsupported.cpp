// What a route asks for and an ALB cannot do.
#include <algorithm>

#include "graph/gateway_class.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view filters[] = {"RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "CORS"};
constexpr std::string_view fields[] = {"timeouts", "retry", "sessionPersistence"};

/// The Gateway of this route that an ALB is made for.
const Resource* alb_parent(const Graph& graph, const HttpRoute& route) {
  for (const RouteRef& parent : route.parents()) {
    const auto name = text_of(parent.name());
    if (parent.kind != Kind::k8s_gateway || !name.is_known()) continue;
    const Lookup found = graph.find(*route, Kind::k8s_gateway, parent.ns, *name);
    if (!found.found() || found.target->opaque) continue;
    if (controller_of(graph, K8sGateway(*found.target)) == "gateway.k8s.aws/alb") return found.target;
  }
  return nullptr;
}

void check_rule(const HttpRoute& route, yaml::Node rule, const Resource& gateway, Report& report) {
  for (yaml::Node filter : rule["filters"].items()) {
    const std::string_view type = filter["type"].str();
    if (std::find(std::begin(filters), std::end(filters), type) == std::end(filters)) continue;
    report.at(*route, filter["type"], format("an ALB has no filter `{}`", type)).note(gateway.name_node(), "this Gateway becomes an ALB");
  }
  for (std::string_view field : fields) {
    if (rule.has(field))
      report.at_key(*route, rule[field], format("an ALB has no `{}`", field)).note(gateway.name_node(), "this Gateway becomes an ALB");
  }
}

void check(const Graph& graph, Report& report) {
  for (Kind kind : HttpRoute::kinds()) {
    for (const Resource* resource : graph.of(kind)) {
      const HttpRoute route(*resource);
      const Resource* gateway = resource->linted() ? alb_parent(graph, route) : nullptr;
      if (gateway == nullptr) continue;
      for (yaml::Node rule : route.spec()["rules"].items()) check_rule(route, rule, *gateway, report);
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_alb_unsupported = {
    .info = {.id = "gatewayapi-alb-unsupported",
             .summary = "a route through an ALB uses what an ALB cannot do",
             .docs =
                 "Of the filters an ALB knows redirects and rewrites. Header modification, mirroring, CORS, timeouts, retries and session "
                 "persistence need a proxy, such as an Istio gateway behind the ALB.",
             .effect = "the controller does not make the rule, nor those behind it in the route",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/l7gateway/",
             .severity = Severity::error,
             .applies = {Component::controller, {2, 13}}},
    .reads = {Kind::http_route, Kind::grpc_route, Kind::k8s_gateway, Kind::gateway_class},
    .check = check,
};

}  // namespace hop::rules
