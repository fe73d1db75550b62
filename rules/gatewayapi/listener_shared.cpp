// Listeners of different Gateways for the same host and port.
#include <algorithm>
#include <map>

#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Place {
  const Resource* gateway;
  yaml::Node node;
};
using Shared = std::map<std::string, std::vector<Place>>;

void add_hosts(const K8sGateway& gateway, Shared& shared) {
  for (yaml::Node listener : gateway.listeners()) {
    const auto host = text_of(listener["hostname"]);
    if (host.is_known())
      shared[format("{} {} {}", lower(*host), listener["port"].str(), listener["protocol"].str())].push_back(
          {gateway.resource, host.node()});
  }
}

void add_addresses(const K8sGateway& gateway, Shared& shared) {
  for (yaml::Node address : gateway.addresses()) {
    const auto value = text_of(address["value"]);
    const std::string_view type = address["type"] ? address["type"].str() : "IPAddress";
    if (value.is_known()) shared[format("{} {}", type, *value)].push_back({gateway.resource, value.node()});
  }
}

void report_shared(const Graph& graph, const Shared& shared, std::string_view what, std::string_view code, Report& report) {
  for (const auto& [key, places] : shared) {
    for (const Place& place : places) {
      const auto other = std::find_if(places.begin(), places.end(), [&](const Place& one) {
        return one.gateway->name != place.gateway->name && graph.sees(*place.gateway, *one.gateway);
      });
      if (other == places.end()) continue;
      Finding finding = report.at(*place.gateway, place.node, format("the Gateway `{}` has {} too", other->gateway->name, what));
      finding.alias(code).note(other->node, "there");
    }
  }
}

void check(const Graph& graph, Report& report) {
  Shared hosts, addresses;
  for (const K8sGateway& gateway : graph.linted<K8sGateway>()) {
    add_hosts(gateway, hosts);
    add_addresses(gateway, addresses);
  }
  report_shared(graph, hosts, "a listener for this host and port", "KIA1501", report);
  report_shared(graph, addresses, "this address", "KIA1502", report);
}

}  // namespace

extern constinit const Rule gatewayapi_listener_shared = {
    .info = {.id = "gatewayapi-listener-shared",
             .summary = "two Gateways listen for the same host and port, or at the same address",
             .docs = "Gateways usually have load balancers of their own, and then nothing is wrong. Where they share one, or an address, "
                     "it depends on the "
                     "controller which of them takes a request.",
             .effect = "requests for the host may reach the routes of either Gateway",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.Gateway",
             .severity = Severity::info,
             .group = Group::policy,
             .aliases = {"KIA1501", "KIA1502"}},
    .reads = {Kind::k8s_gateway},
    .check = check,
};

}  // namespace hop::rules
