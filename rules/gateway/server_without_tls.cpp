// TLS servers without TLS settings.
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node node : Gateway(resource).servers()) {
    const GatewayServer server{node};
    const auto protocol = server.protocol();
    if (!protocol.is_known() || !speaks_tls(parse_protocol(*protocol)) || (server.tls() && !server.tls().is_null())) continue;
    if (may_get(resource, node, {"tls"})) continue;
    report.at(resource, protocol.node(), format("the server's protocol is `{}`, and it has no `tls`", *protocol)).alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule gateway_server_without_tls = {
    .info = {.id = "gateway-server-without-tls",
             .summary = "a Gateway server speaks TLS and has no TLS settings",
             .docs = "A server with the protocol HTTPS or TLS says in `tls` whether it terminates TLS, and with which "
                     "certificate, or passes it through.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
