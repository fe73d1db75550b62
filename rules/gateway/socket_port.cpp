// Ports that do not fit what the listener binds to.
#include "model/field_path.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_listener(const Resource& resource, yaml::Node listener, Report& report) {
  const auto number = integer_of(listener["port"]["number"]);
  const auto bind = text_of(listener["bind"]);
  if (!number.is_known() || bind.is_unknown()) return;
  const bool socket = bind.is_known() && (*bind).starts_with("unix://");
  if (socket && *number != 0) {
    report.at(resource, number.node(), "a listener at a unix socket has the port 0").alias("IST0106").note(bind.node(), "the socket");
  } else if (!socket && *number == 0) {
    report.at(resource, number.node(), "port 0 needs `bind` with a unix socket").alias("IST0106");
  }
}

void check_one(const Resource& resource, Report& report) {
  for (const std::string_view path : {"spec.servers[]", "spec.egress[]"}) {
    for (yaml::Node listener : nodes_at(resource.root, path)) check_listener(resource, listener, report);
  }
}

}  // namespace

extern constinit const Rule gateway_socket_port = {
    .info = {.id = "gateway-socket-port",
             .summary = "the port of a listener does not fit what it binds to",
             .docs = "A server of a Gateway, or an egress listener of a Sidecar, listens at an IP address and a port, or at a "
                     "unix socket with the port 0.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#Server",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::gateway, Kind::sidecar},
    .check_one = check_one,
};

}  // namespace hop::rules
