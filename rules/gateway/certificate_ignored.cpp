// Certificates on servers that pass TLS through.
#include "model/istio/field_sets.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node node : Gateway(resource).servers()) {
    const GatewayServer server{node};
    const yaml::Node tls = server.tls();
    const auto mode = server.tls_mode();
    const auto protocol = server.protocol();
    if (!protocol.is_known() || !speaks_tls(parse_protocol(*protocol))) continue;
    if (tls["tlsCertificates"].size() > 2) {
      report.at_key(resource, tls["tlsCertificates"], "only two of the certificates are used: one RSA, one ECDSA").alias("IST0133");
    }
    const bool passes = mode.is_absent() || (mode.is_known() && (*mode).ends_with("PASSTHROUGH"));
    if (!passes) continue;
    for (const std::string_view field :
         {"credentialName", "credentialNames", "serverCertificate", "privateKey", "caCertificates", "caCrl"}) {
      if (!istio::is_set(tls[field])) continue;
      Finding finding = report.at_key(resource, tls[field], format("`{}` is ignored: the server passes TLS through", field));
      finding.alias("IST0133");
      if (mode.is_known()) finding.note(mode.node(), "the mode");
      break;
    }
  }
}

}  // namespace

extern constinit const Rule gateway_certificate_ignored = {
    .info = {.id = "gateway-certificate-ignored",
             .summary = "a Gateway server names a certificate that it does not use",
             .docs = "PASSTHROUGH and AUTO_PASSTHROUGH hand the connection on as it is. They are also what holds where `tls` "
                     "has no `mode`: to terminate TLS, write `mode: SIMPLE`.",
             .effect = "clients see the certificate of the workload behind, if it has one",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSmode",
             .severity = Severity::warning,
             .aliases = {"IST0133"},
             .ineffective = true},
    .reads = {Kind::gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
