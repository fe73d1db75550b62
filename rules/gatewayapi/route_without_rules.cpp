// A route that says nothing about where requests go.
#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const yaml::Node rules = resource.spec()["rules"];
  if (resource.opaque || resource.patched || rules.size() > 0 || (rules && !rules.is_sequence() && !rules.is_null())) return;
  report.at_key(resource, rules ? rules : resource.spec(), format("the {} `{}` has no rules", resource.kind_name, resource.name));
}

}  // namespace

extern constinit const Rule gatewayapi_route_without_rules = {
    .info = {.id = "gatewayapi-route-without-rules",
             .summary = "a route has no rules",
             .docs = "Without `rules` a route takes every request for its hosts and has no backend for them; an empty list takes none.",
             .effect = "requests for the route's hosts get 404 or 500",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.HTTPRouteSpec",
             .severity = Severity::error},
    .reads = {Kind::http_route, Kind::grpc_route},
    .check_one = check_one,
};

}  // namespace hop::rules
