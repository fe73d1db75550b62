// TLS settings on a server that does not speak TLS.
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Settings that only redirect, which is all a plain HTTP server may do.
bool only_redirects(const GatewayServer& server) {
  const auto mode = server.tls_mode();
  const bool passes = mode.is_absent() || mode.is_unknown() || (*mode).ends_with("PASSTHROUGH");
  return passes && !server.tls().has("serverCertificate") && !server.tls().has("privateKey") && !server.tls().has("caCertificates");
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node node : Gateway(resource).servers()) {
    const GatewayServer server{node};
    const auto word = server.protocol();
    const Protocol protocol = word.is_known() ? parse_protocol(*word) : Protocol::unknown;
    if (protocol == Protocol::unknown || speaks_tls(protocol) || !server.tls().is_mapping()) continue;
    if (speaks_http(protocol) && only_redirects(server)) continue;
    report.at_key(resource, server.tls(), format("the server's protocol is `{}`, which has no TLS", *word))
        .alias("IST0106")
        .note(word.node(), "the protocol");
  }
}

}  // namespace

extern constinit const Rule gateway_tls_on_plain_port = {
    .info = {.id = "gateway-tls-on-plain-port",
             .summary = "a Gateway server that does not speak TLS has TLS settings",
             .docs = "On a plain HTTP server `tls` can hold `httpsRedirect` and nothing else; other plain protocols take no "
                     "`tls`. A server that terminates TLS has the protocol HTTPS, or TLS.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
