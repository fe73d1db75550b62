// TLS settings that sidecars do not have.
#include "model/istio/field_sets.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_tls(const Resource& resource, yaml::Node tls, Report& report) {
  for (const std::string_view field : {"credentialName", "subjectAltNames", "httpsRedirect"}) {
    if (!istio::is_set(tls[field]) || tls[field].boolean() == false) continue;
    report.at_key(resource, tls[field], format("`{}` is not supported by sidecars", field)).alias("IST0106");
  }
  const auto mode = text_of(tls["mode"]);
  if (mode.is_known() && (*mode == "ISTIO_MUTUAL" || *mode == "AUTO_PASSTHROUGH")) {
    report.at(resource, mode.node(), format("mode `{}` is not supported by sidecars", *mode)).alias("IST0106");
  }
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node listener : resource.spec()["ingress"].items()) check_tls(resource, listener["tls"], report);
}

}  // namespace

extern constinit const Rule sidecar_tls_unsupported = {
    .info = {.id = "sidecar-tls-unsupported",
             .summary = "an ingress listener of a Sidecar has TLS settings that only gateways know",
             .docs = "A sidecar terminates TLS in the modes SIMPLE and MUTUAL with files: `serverCertificate`, `privateKey`, "
                     "`caCertificates`. Secrets, redirects, names to verify and the modes ISTIO_MUTUAL and AUTO_PASSTHROUGH are "
                     "for gateways.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioIngressListener",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::sidecar},
    .check_one = check_one,
};

}  // namespace hop::rules
