// TargetGroupConfigurations that the controller does not take, or that are for nothing.
#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "graph/aws_gateway.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

using Key = std::tuple<std::uint16_t, std::string_view, std::string_view>;  // cluster, namespace, name

yaml::Node target_of(const Resource& configuration) { return configuration.spec()["targetReference"]; }

bool is_about_service(yaml::Node target) { return target && (!target["kind"] || target["kind"].str() == "Service"); }

using Users = std::map<Key, std::vector<const Resource*>>;  // by Service

void check_target(const Graph& graph, const Resource& configuration, Users& users, Report& report) {
  const yaml::Node target = target_of(configuration);
  const auto name = text_of(target["name"]);
  if (!is_about_service(target) || !name.is_known() || !configuration.ns_known) return;
  const Lookup found = graph.find(configuration, Kind::service, configuration.ns, *name);
  if (found.missing()) {
    Finding finding = report.at(configuration, name.node(), format("the Service `{}` does not exist", *name));
    finding.missing(found).target(format("Service {}/{}", configuration.ns, *name));
    finding.effect("the configuration holds for nothing, and the Service's target groups keep their defaults");
    return;
  }
  users[Key{configuration.cluster, configuration.ns, *name}].push_back(&configuration);
}

void check_users(const std::vector<const Resource*>& users, Report& report) {
  for (const Resource* user : users) {
    const auto other = std::ranges::find_if(users, [&](const Resource* one) { return one->name != user->name; });
    if (other == users.end()) return;
    const yaml::Node name = target_of(*user)["name"];
    report.at(*user, name, format("another TargetGroupConfiguration is for the Service `{}` too", name.str()))
        .note(target_of(**other)["name"], "there")
        .effect("the controller takes one of the two");
  }
}

/// The default for all target groups of a load balancer must not be about a Service of its own.
void check_default(const AwsGateway& gateway, const std::map<Key, const Resource*>& all, Report& report) {
  if (gateway.configuration == nullptr) return;
  const yaml::Node name = gateway.configuration->spec()["defaultTargetGroupConfiguration"]["name"];
  const auto found = all.find({gateway.configuration->cluster, gateway.configuration->ns, name.str()});
  if (!name || found == all.end() || !found->second->linted() || !target_of(*found->second)) return;
  report.at_key(*found->second, target_of(*found->second), "the default of a load balancer is for a Service of its own")
      .note(name, "this takes it as the default");
}

void check(const Graph& graph, Report& report) {
  std::map<Key, const Resource*> all;
  Users users;
  for (const Resource* resource : graph.of(Kind::other)) {
    if (resource->kind_name != "TargetGroupConfiguration" || group_of(resource->api_version) != "gateway.k8s.aws") continue;
    all.emplace(Key{resource->cluster, resource->ns, resource->name}, resource);
    if (resource->linted()) check_target(graph, *resource, users, report);
  }
  for (const auto& [service, of_service] : users) check_users(of_service, report);
  if (all.empty()) return;
  for (const AwsGateway& gateway : aws_gateways(graph)) check_default(gateway, all, report);
}

}  // namespace

extern constinit const Rule gatewayapi_target_group_configuration_invalid = {
    .info = {.id = "gatewayapi-target-group-configuration-invalid",
             .summary = "a TargetGroupConfiguration is for nothing, for what another one is for, or no default though it is taken for one",
             .docs = "`targetReference` names a Service beside the TargetGroupConfiguration, and each Service has one at most. What "
                     "`defaultTargetGroupConfiguration` of a LoadBalancerConfiguration names holds for all target groups and has no "
                     "`targetReference`.",
             .effect = "the Gateway is not accepted: the load balancer is not made or not updated",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/customization/",
             .severity = Severity::error,
             .applies = {Component::controller, {2, 13}}},
    .reads = {Kind::other, Kind::service, Kind::k8s_gateway, Kind::gateway_class},
    .check = check,
};

}  // namespace hop::rules
