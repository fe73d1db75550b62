// Mutual TLS without a client certificate.
#include "model/istio/field_sets.h"
#include "model/istio/traffic_policy.h"
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node tls : istio::client_tls_blocks(resource)) {
    const auto mode = text_of(tls["mode"]);
    if (mode.equals("MUTUAL") != Truth::yes || istio::is_set(tls["credentialName"])) continue;
    std::vector<std::string_view> missing;
    for (const std::string_view field : {"clientCertificate", "privateKey"}) {
      if (!istio::is_set(tls[field])) missing.push_back(field);
    }
    if (missing.empty() || may_get(resource, tls, {"credentialName", "clientCertificate", "privateKey"})) continue;
    report
        .at(resource, mode.node(),
            missing.size() == 2 ? format("mode `MUTUAL` needs a certificate: `credentialName`, or {}", list_words(missing))
                                : format("mode `MUTUAL` needs {}", list_words(missing)))
        .alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule destinationrule_tls_incomplete = {
    .info = {.id = "destinationrule-tls-incomplete",
             .summary = "a DestinationRule asks for mutual TLS and names no client certificate",
             .docs = "MUTUAL presents a certificate of your own: `clientCertificate` and `privateKey` (files in the sidecar), "
                     "or `credentialName`. For the certificates of the mesh the mode is ISTIO_MUTUAL.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::destination_rule},
    .check_one = check_one,
};

}  // namespace hop::rules
