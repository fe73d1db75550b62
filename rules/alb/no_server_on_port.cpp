// The ALB reaches a gateway on a port where no Gateway server listens.
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

std::string ports_served(const TargetGroup& group) {
  std::set<std::int64_t> ports;
  for (const Resource* gateway : group.gateways) {
    for (yaml::Node server : Gateway(*gateway).servers()) {
      if (const auto port = GatewayServer{server}.port(); port.is_known()) ports.insert(*port);
    }
  }
  std::vector<std::string> texts;
  for (std::int64_t port : ports) texts.push_back(format("{}", port));
  return list_words(std::vector<std::string_view>(texts.begin(), texts.end()));
}

/// Whether every server's port is written out, so that none may be the one.
bool ports_are_known(const TargetGroup& group) {
  for (const Resource* gateway : group.gateways) {
    if (gateway->opaque) return false;
    for (yaml::Node server : Gateway(*gateway).servers()) {
      if (!GatewayServer{server}.port().is_known()) return false;
    }
  }
  return true;
}

void check(const Graph& graph, Report& report) {
  std::set<std::tuple<std::uint32_t, std::string_view, std::string_view>> told;
  for (const TargetGroup& group : graph.target_groups()) {
    if (!group.to_gateway() || !group.port || !group.servers.empty() || group.assumed || !ports_are_known(group)) continue;
    const yaml::Node port = group.backend.path.port();
    if (!told.emplace(group.ingress->id, group.backend.path.service().str(), port.str()).second) continue;
    const Gateway gateway(*group.gateways.front());
    report
        .at(*group.ingress, port, format("no Gateway server listens on port `{}` of Service `{}`", port.str(), group.service.target->name))
        .note(gateway.spec()["servers"], format("the gateway serves {}", ports_served(group)));
  }
}

}  // namespace

extern constinit const Rule alb_no_server_on_port = {
    .info =
        {.id = "alb-no-server-on-port",
         .summary = "the ALB sends to a gateway port on which no Gateway has a server",
         .docs =
             "Envoy opens a port only when a Gateway has a server on it. Istio compares the server's `port.number` with the Service's "
             "port, "
             "and with its target port where no Service port has that number.\n\nOnly judged where at least one Gateway selects the pods "
             "behind the Service.",
         .effect = "connections are refused: the load balancer answers 502 or 503 and targets stay unhealthy",
         .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#Port",
         .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
