// Servers that terminate TLS without a certificate.
#include "model/istio/field_sets.h"
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool set(yaml::Node tls, std::string_view field) { return istio::is_set(tls[field]); }

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node node : Gateway(resource).servers()) {
    const GatewayServer server{node};
    const yaml::Node tls = server.tls();
    const auto mode = server.tls_mode();
    if (!mode.is_known() || (*mode != "SIMPLE" && *mode != "MUTUAL" && *mode != "OPTIONAL_MUTUAL")) continue;
    if (set(tls, "credentialName") || set(tls, "credentialNames") || set(tls, "tlsCertificates")) continue;
    std::vector<std::string_view> missing;
    for (const std::string_view field : {"serverCertificate", "privateKey"}) {
      if (!set(tls, field)) missing.push_back(field);
    }
    if (*mode != "SIMPLE" && !set(tls, "caCertificates") && !set(tls, "caCertCredentialName")) missing.push_back("caCertificates");
    if (missing.empty() || may_get(resource, tls, {"credentialName", "credentialNames", "tlsCertificates"})) continue;
    if (may_get(resource, tls, {"serverCertificate", "privateKey", "caCertificates", "caCertCredentialName"})) continue;
    const bool none = missing.size() >= 2 && missing.front() == "serverCertificate";
    report
        .at(resource, mode.node(),
            none ? format("mode `{}` needs a certificate: `credentialName`, or {}", *mode, list_words(missing))
                 : format("mode `{}` needs {}", *mode, list_words(missing)))
        .alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule gateway_certificate_missing = {
    .info = {.id = "gateway-certificate-missing",
             .summary = "a Gateway server terminates TLS and has no certificate",
             .docs = "SIMPLE, MUTUAL and OPTIONAL_MUTUAL need `credentialName` (a Secret), or files: `serverCertificate` and "
                     "`privateKey`, with client certificates `caCertificates` as well.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
