// Listeners of one port that cannot share it, or of one name.
#include <map>

#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Protocols that tell requests apart by host can share a port among themselves.
std::string_view family(std::string_view protocol) { return protocol == "TLS" ? std::string_view("HTTPS") : protocol; }

void check_one(const Resource& resource, Report& report) {
  std::map<std::int64_t, yaml::Node> ports;
  std::map<std::string_view, yaml::Node> names;
  for (yaml::Node listener : K8sGateway(resource).listeners()) {
    if (const auto name = text_of(listener["name"]); name.is_known()) {
      const auto [first, fresh] = names.emplace(*name, name.node());
      if (!fresh) report.at(resource, name.node(), format("two listeners have the name `{}`", *name)).note(first->second, "the other one");
    }
    const auto port = integer_of(listener["port"]);
    const auto protocol = text_of(listener["protocol"]);
    if (!port.is_known() || !protocol.is_known() || *protocol == "UDP") continue;
    const auto [first, fresh] = ports.emplace(*port, protocol.node());
    if (fresh || family(first->second.str()) == family(*protocol)) continue;
    report.at(resource, protocol.node(), format("port {} cannot be {} and {} at once", *port, first->second.str(), *protocol))
        .note(first->second, "the other listener");
  }
}

}  // namespace

extern constinit const Rule gatewayapi_listener_conflict = {
    .info = {.id = "gatewayapi-listener-conflict",
             .summary = "two listeners of a Gateway have one name, or one port and protocols that cannot share it",
             .docs = "Listeners have names of their own. Several may share a port if they are told apart by host: all HTTP, or "
                     "all of them with TLS.",
             .effect = "the listeners conflict: the controller accepts one of them, or neither",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.Listener",
             .severity = Severity::error},
    .reads = {Kind::k8s_gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
