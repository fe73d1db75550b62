// A LoadBalancerConfiguration that its Gateway does not get, or that is for listeners it does not have.
#include <algorithm>
#include <map>
#include <set>

#include "graph/aws_gateway.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether a listener of one of the Gateways has this port and, if it is given, this protocol.
bool has_listener(const std::vector<const AwsGateway*>& users, const ProtocolPort& wanted) {
  return std::ranges::any_of(users, [&](const AwsGateway* user) {
    return std::ranges::any_of(user->gateway.listeners(), [&](yaml::Node listener) {
      return integer_of(listener["port"]).equals(wanted.port) != Truth::no &&
             text_of(listener["protocol"]).equals(wanted.protocol) != Truth::no;
    });
  });
}

void check_configuration(const Resource& configuration, const std::vector<const AwsGateway*>& users, Report& report) {
  if (!configuration.linted()) return;
  for (yaml::Node item : configuration.spec()["listenerConfigurations"].items()) {
    const auto wanted = protocol_port_of(item);
    if (!wanted || has_listener(users, *wanted)) continue;
    report
        .at(configuration, item["protocolPort"],
            format("no listener of Gateway `{}` is for `{}`", users.front()->gateway->name, item["protocolPort"].str()))
        .note(users.front()->gateway.spec()["listeners"].key_span(), "its listeners")
        .severity(Severity::warning);
  }
}

/// A class is of no namespace: it says where the configuration lives.
bool lacks_namespace(const AwsGateway& gateway) {
  return gateway.reference && !gateway.of_other_kind && gateway.named_by->kind == Kind::gateway_class && gateway.named_by->linted() &&
         !gateway.reference["namespace"];
}

void check(const Graph& graph, Report& report) {
  std::set<std::uint32_t> told;  // classes
  const auto gateways = aws_gateways(graph);
  std::map<std::uint32_t, std::vector<const AwsGateway*>> users;  // by configuration
  for (const AwsGateway& gateway : gateways) {
    if (gateway.configuration != nullptr) users[gateway.configuration->id].push_back(&gateway);
    if (lacks_namespace(gateway) && told.insert(gateway.named_by->id).second) {
      report.at_key(*gateway.named_by, gateway.reference, "the class names a LoadBalancerConfiguration without its namespace")
          .effect("the class is not accepted, and none of its Gateways is served");
    }
    if (gateway.of_other_kind && gateway.named_by->linted()) {
      const yaml::Node kind = gateway.reference["kind"];
      const bool other_kind = kind.str() != "LoadBalancerConfiguration";
      report
          .at(*gateway.named_by, other_kind ? kind : gateway.reference["group"],
              format("`{}` is not what the AWS Load Balancer Controller takes here: LoadBalancerConfiguration of `gateway.k8s.aws`",
                     shorten(other_kind ? kind.str() : gateway.reference["group"].str(), 24)))
          .effect("the Gateway is not accepted: no load balancer is made");
    }
    if (!gateway.missing || !gateway.named_by->linted()) continue;
    report
        .at(*gateway.named_by, gateway.reference["name"],
            format("the LoadBalancerConfiguration `{}` does not exist", gateway.reference["name"].str()))
        .severity(Severity::error)
        .target(format("LoadBalancerConfiguration {}", gateway.reference["name"].str()))
        .effect("the Gateway is not accepted: no load balancer is made");
  }
  for (const auto& [id, all] : users) check_configuration(*all.front()->configuration, all, report);
}

}  // namespace

extern constinit const Rule gatewayapi_load_balancer_configuration_unmatched = {
    .info = {.id = "gatewayapi-load-balancer-configuration-unmatched",
             .summary = "a LoadBalancerConfiguration does not fit the Gateway that names it",
             .docs =
                 "An item of `listenerConfigurations` holds for the listener whose protocol and port are its `protocolPort`, as in "
                 "`HTTPS:443`. `parametersRef` of a Gateway names a LoadBalancerConfiguration beside it; that of a GatewayClass needs a "
                 "namespace.\n\nThat one does not exist is told with `complete` only.",
             .effect = "certificates, TLS policy and attributes that are meant for the listener are not set",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/loadbalancerconfig/",
             .severity = Severity::error,
             .applies = {Component::controller, {2, 13}}},
    .reads = {Kind::other, Kind::k8s_gateway, Kind::gateway_class},
    .check = check,
};

}  // namespace hop::rules
