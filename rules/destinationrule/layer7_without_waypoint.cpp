// A DestinationRule with settings for requests, in ambient mode, that no waypoint applies.
#include "graph/ambient.h"
#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The first setting that only a proxy which reads requests can apply.
yaml::Node layer7_setting(yaml::Node policy) {
  const yaml::Node hash = policy["loadBalancer"]["consistentHash"];
  for (yaml::Node setting : {hash["httpHeaderName"], hash["httpCookie"], policy["connectionPool"]["http"], policy["outlierDetection"]}) {
    if (setting) return setting;
  }
  return {};
}

yaml::Node layer7_setting(const DestinationRule& rule) {
  yaml::Node setting = layer7_setting(rule.traffic_policy());
  for (yaml::Node subset : rule.subsets()) {
    if (!setting) setting = layer7_setting(subset["trafficPolicy"]);
  }
  return setting;
}

/// The Service that the host names, if it is among the manifests.
const Resource* service_of(const Graph& graph, const DestinationRule& rule) {
  const std::string full = graph.full_host(*rule, rule.host().str());
  const auto host = service_host(full, graph.cluster_domain());
  return host ? graph.find(*rule, Kind::service, host->ns, host->name).target : nullptr;
}

void check_service(const Graph& graph, const DestinationRule& rule, const Resource& service, yaml::Node setting, Report& report) {
  if (in_ambient_namespace(graph, service) != Truth::yes || service.opaque) return;
  if (service.ns != rule->ns) {
    Finding finding =
        report.at(rule, rule.host(), format("waypoints read rules of namespace `{}` only, where this Service lives", service.ns));
    finding.alias("KIA0212").note(service.name_node(), "the Service");
  } else if (uses_waypoint(graph, service, service.labels()) == Truth::no) {
    Finding finding = report.at(rule, rule.host(), format("the Service `{}` has no waypoint to apply settings for requests", service.name));
    finding.alias("KIA0211").note(setting, "such a setting");
  }
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const DestinationRule rule(resource);
  const yaml::Node setting = layer7_setting(rule);
  if (!setting || text_of(rule.host()).is_unknown() || rule->ns.empty()) return;
  if (const Resource* service = service_of(graph, rule)) {
    check_service(graph, rule, *service, setting, report);
  } else if (in_ambient_namespace(graph, *rule) == Truth::yes && uses_waypoint(graph, *rule, {}) == Truth::no) {
    Finding finding = report.at(rule, rule.host(), format("namespace `{}` has no waypoint to apply settings for requests", rule->ns));
    finding.alias("KIA0210").note(setting, "such a setting");
  }
}

}  // namespace

extern constinit const Rule destinationrule_layer7_without_waypoint = {
    .info = {.id = "destinationrule-layer7-without-waypoint",
             .summary = "a DestinationRule has settings for requests that no waypoint applies",
             .docs = "In ambient mode ztunnel sees connections only. Hashing by header or cookie, `connectionPool.http` and "
                     "`outlierDetection` need a waypoint "
                     "before the Service, and a waypoint reads the DestinationRules of the Service's own namespace.",
             .effect = "the settings are accepted and ignored",
             .source = "https://istio.io/latest/docs/ambient/usage/l7-features/",
             .severity = Severity::warning,
             .aliases = {"KIA0210", "KIA0211", "KIA0212"},
             .applies = {Component::istio, {1, 22}}},
    .reads = {Kind::destination_rule, Kind::service, Kind::namespace_},
    .each = Kind::destination_rule,
    .check_each = check_each,
};

}  // namespace hop::rules
