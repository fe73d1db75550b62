// Routes that say nothing of where requests go.
#include "model/istio/field_sets.h"
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool acts(yaml::Node route) {
  for (const std::string_view field : {"route", "redirect", "directResponse", "delegate"}) {
    if (istio::is_set(route[field])) return true;
  }
  return false;
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node route : resource.spec()["http"].items()) {
    if (!route.is_mapping() || acts(route) || may_get(resource, route, {"route", "redirect", "directResponse", "delegate"})) continue;
    report.at(resource, route, "this route has no `route`, `redirect`, `directResponse` or `delegate`").alias("IST0106");
  }
  for (const std::string_view list : {"tls", "tcp"}) {
    for (yaml::Node route : resource.spec()[list].items()) {
      if (!route.is_mapping() || istio::is_set(route["route"]) || may_get(resource, route, {"route"})) continue;
      report.at(resource, route, format("this {} route has no `route`", list)).alias("IST0106");
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_route_without_action = {
    .info = {.id = "virtualservice-route-without-action",
             .summary = "a route of a VirtualService does not say where requests go",
             .docs = "An HTTP route has `route`, `redirect`, `directResponse` or `delegate`; matches, faults or headers alone "
                     "are no route. TLS and TCP routes have `route`.",
             .effect = "istiod's webhook refuses the object; without the webhook Envoy drops every route of the gateway's port",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
