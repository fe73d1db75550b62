// An HTTPS listener of an ALB for which no certificate can be found.
#include <algorithm>
#include <map>
#include <vector>

#include "graph/attachments.h"
#include "graph/aws_gateway.h"
#include "model/gatewayapi/listeners.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether the configuration names certificates for the listener's port.
bool names_certificate(const AwsGateway& found, std::int64_t port) {
  if (found.configuration == nullptr) return false;
  return std::ranges::any_of(found.configuration->spec()["listenerConfigurations"].items(), [&](yaml::Node item) {
    const auto wanted = protocol_port_of(item);
    // What is not understood may be for this port.
    return (!wanted || wanted->port == port) && (item["defaultCertificate"] || item["certificates"].size() > 0);
  });
}

using Routes = std::map<const Resource*, std::vector<const Attachment*>>;  // with hosts, by Gateway

bool names_host(const Routes& routes, const AwsGateway& found, yaml::Node listener) {
  if (listener["hostname"]) return true;
  const auto at = routes.find(found.gateway.resource);
  return at != routes.end() && std::ranges::any_of(at->second, [&](const Attachment* attachment) {
           const MeantListeners meant = meant_listeners(*found.gateway, attachment->parent);
           return meant.unknown || std::ranges::find(meant.listeners, listener) != meant.listeners.end();
         });
}

void check(const Graph& graph, Report& report) {
  const auto gateways = aws_gateways(graph);
  if (gateways.empty()) return;
  const auto all = attachments(graph);
  Routes routes;
  for (const Attachment& attachment : all) {
    if (attachment.route.spec()["hostnames"].size() > 0) routes[attachment.gateway.target].push_back(&attachment);
  }
  for (const AwsGateway& found : gateways) {
    if (found.open) continue;
    for (yaml::Node listener : found.gateway.listeners()) {
      const auto protocol = text_of(listener["protocol"]);
      const auto port = integer_of(listener["port"]);
      const bool ends_tls =
          protocol.equals(found.network ? "TLS" : "HTTPS") == Truth::yes && listener["tls"]["mode"].str() != "Passthrough";
      if (!ends_tls || !port.is_known() || names_certificate(found, *port) || names_host(routes, found, listener)) continue;
      Finding finding =
          report.at(found.gateway, protocol.node(), format("listener `{}` has no certificate and no host", listener["name"].str()));
      if (found.configuration != nullptr) finding.note(found.configuration->name_node(), "no certificate for its port is named here");
      // A route that gives the host may stand elsewhere.
      if (!graph.world().complete) finding.severity(Severity::warning);
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_https_without_certificate = {
    .info =
        {.id = "gatewayapi-https-without-certificate",
         .summary = "an HTTPS listener of an AWS load balancer has neither a certificate nor a host to find one by",
         .docs =
             "Certificates come from `listenerConfigurations` of the LoadBalancerConfiguration, or are found in ACM by the host names of "
             "the listener and of its routes. `certificateRefs` are not read.\n\nWithout `complete` it is a warning: a route with a "
             "host may stand elsewhere.",
         .effect = "AWS refuses the listener, and the load balancer is not made or not updated",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/gateway/",
         .severity = Severity::error,
         .applies = {Component::controller, {2, 13}}},
    .reads = {Kind::other, Kind::gateway_class, Kind::k8s_gateway, Kind::http_route, Kind::grpc_route, Kind::tls_route, Kind::tcp_route},
    .check = check,
};

}  // namespace hop::rules
