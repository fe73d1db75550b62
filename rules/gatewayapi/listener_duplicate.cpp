// Two listeners of a Gateway that cannot be told apart.
#include <map>

#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Port, protocol and host; nothing where one of them is not known.
std::optional<std::string> key_of(yaml::Node listener) {
  const auto port = integer_of(listener["port"]);
  const auto protocol = text_of(listener["protocol"]);
  const auto host = text_of(listener["hostname"]);
  if (!port.is_known() || !protocol.is_known() || host.is_unknown()) return std::nullopt;
  return format("{} {} {}", *port, *protocol, lower(host.value_or("")));
}

void check_one(const Resource& resource, Report& report) {
  std::map<std::string, yaml::Node> first;
  for (yaml::Node listener : K8sGateway(resource).listeners()) {
    const auto key = key_of(listener);
    if (!key) continue;
    const auto [other, fresh] = first.emplace(*key, listener);
    if (fresh) continue;
    const bool named = static_cast<bool>(listener["hostname"]);
    Finding finding = report.at(resource, named ? listener["hostname"] : listener["port"],
                                format("the listener `{}` has the same host, port and protocol", other->second["name"].str()));
    finding.note(other->second["name"], "the other listener");
    if (named) finding.alias("KIA1503");
  }
}

}  // namespace

extern constinit const Rule gatewayapi_listener_duplicate = {
    .info = {.id = "gatewayapi-listener-duplicate",
             .summary = "two listeners of a Gateway have the same host, port and protocol",
             .docs = "Listeners of a Gateway must differ in hostname, port or protocol; a listener without a hostname takes all hosts.",
             .effect = "the listeners conflict: the controller accepts one of them, or neither",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.Listener",
             .severity = Severity::error,
             .aliases = {"KIA1503"}},
    .reads = {Kind::k8s_gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
