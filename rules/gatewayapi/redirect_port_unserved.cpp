// A redirect to a port of the same load balancer that it does not have.
#include <algorithm>
#include <map>

#include "graph/attachments.h"
#include "graph/aws_gateway.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool has_port(const K8sGateway& gateway, std::int64_t port) {
  return std::ranges::any_of(gateway.listeners(),
                             [&](yaml::Node listener) { return integer_of(listener["port"]).equals(port) != Truth::no; });
}

void check(const Graph& graph, Report& report) {
  const auto gateways = aws_gateways(graph);
  std::map<const Resource*, const AwsGateway*> by_resource;
  for (const AwsGateway& one : gateways) by_resource.emplace(one.gateway.resource, &one);
  for (const Attachment& attachment : gateways.empty() ? std::vector<Attachment>{} : attachments(graph)) {
    const auto at = by_resource.find(attachment.gateway.target);
    if (at == by_resource.end()) continue;
    const AwsGateway* found = at->second;
    for (yaml::Node rule : attachment.route.spec()["rules"].items()) {
      for (yaml::Node filter : rule["filters"].items()) {
        const yaml::Node redirect = filter["requestRedirect"];
        const auto port = integer_of(redirect["port"]);
        const auto scheme = text_of(redirect["scheme"]);
        if (!redirect || redirect["hostname"] || port.is_unknown() || scheme.is_unknown()) continue;
        // Without a port it is the scheme's usual one.
        if (port.is_absent() && scheme.is_absent()) continue;
        const std::int64_t to = port.is_known() ? *port : *scheme == "https" ? 443 : 80;
        if (has_port(found->gateway, to)) continue;
        report
            .at(attachment.route, port.is_known() ? port.node() : scheme.node(),
                format("the redirect leads to port {}, where Gateway `{}` has no listener", to, found->gateway->name))
            .note(found->gateway.spec()["listeners"].key_span(), "its listeners");
      }
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_redirect_port_unserved = {
    .info = {.id = "gatewayapi-redirect-port-unserved",
             .summary = "a redirect leads to a port of the same load balancer that no listener has",
             .docs = "A RequestRedirect without `hostname` sends the client to the same load balancer. Judged for Gateways that the AWS "
                     "Load Balancer Controller serves: there the ports of the listeners are those of the load balancer.",
             .effect = "clients follow the redirect and find nobody: the connection is refused or times out",
             .source = "https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/",
             .severity = Severity::error,
             .applies = {Component::controller, {2, 13}}},
    .reads = {Kind::other, Kind::gateway_class, Kind::k8s_gateway, Kind::http_route, Kind::grpc_route, Kind::tls_route, Kind::tcp_route},
    .check = check,
};

}  // namespace hop::rules
