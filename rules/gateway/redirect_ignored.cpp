// `httpsRedirect` where it does nothing.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node node : Gateway(resource).servers()) {
    const GatewayServer server{node};
    const auto word = server.protocol();
    const auto redirect = boolean_of(server.tls()["httpsRedirect"]);
    if (!word.is_known() || !redirect.is_known() || !*redirect) continue;
    const Protocol protocol = parse_protocol(*word);
    if (protocol == Protocol::unknown || (speaks_http(protocol) && !speaks_tls(protocol))) continue;
    report.at(resource, redirect.node(), format("`httpsRedirect` does nothing on a server with the protocol `{}`", *word))
        .alias("IST0133")
        .note(word.node(), "the protocol");
  }
}

}  // namespace

extern constinit const Rule gateway_redirect_ignored = {
    .info = {.id = "gateway-redirect-ignored",
             .summary = "`httpsRedirect` stands on a server that does not speak plain HTTP",
             .docs = "`httpsRedirect` answers plain HTTP with a redirect to HTTPS. It belongs on the server of the HTTP port; a "
                     "server that terminates TLS has nothing to redirect.",
             .effect = "plain HTTP requests are not redirected",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings",
             .severity = Severity::warning,
             .aliases = {"IST0133"},
             .ineffective = true},
    .reads = {Kind::gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
