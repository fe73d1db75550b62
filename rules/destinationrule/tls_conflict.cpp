// TLS settings that contradict each other.
#include <initializer_list>

#include "model/istio/field_sets.h"
#include "model/istio/traffic_policy.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The first of the fields that is set.
std::string_view first_set(yaml::Node tls, std::initializer_list<std::string_view> fields) {
  for (const std::string_view field : fields) {
    if (istio::is_set(tls[field])) return field;
  }
  return {};
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node tls : istio::client_tls_blocks(resource)) {
    const auto mode = text_of(tls["mode"]);
    if (!mode.is_known() || (*mode != "SIMPLE" && *mode != "MUTUAL")) continue;
    const auto skip = boolean_of(tls["insecureSkipVerify"]);
    if (skip.is_known() && *skip) {
      const std::string_view field = *mode == "SIMPLE" ? first_set(tls, {"caCertificates", "credentialName", "subjectAltNames"})
                                                       : first_set(tls, {"caCertificates", "subjectAltNames"});
      if (field.empty()) continue;
      report.at_key(resource, tls[field], format("`{}` is for verification, which `insecureSkipVerify` switches off", field))
          .alias("IST0106")
          .note(skip.node(), "switched off here");
    } else if (istio::is_set(tls["credentialName"])) {
      const std::string_view field = first_set(tls, {"clientCertificate", "privateKey", "caCertificates", "caCrl"});
      if (field.empty()) continue;
      report.at_key(resource, tls[field], format("`{}` is not read beside `credentialName`", field))
          .alias("IST0106")
          .note(tls["credentialName"].key_span(), "the Secret holds certificates and keys");
    }
  }
}

}  // namespace

extern constinit const Rule destinationrule_tls_conflict = {
    .info = {.id = "destinationrule-tls-conflict",
             .summary = "a DestinationRule has TLS settings that contradict each other",
             .docs = "`credentialName` names a Secret with everything that is needed, so files are refused beside it. "
                     "`insecureSkipVerify: true` verifies nothing, so certificate authorities and names to verify are refused "
                     "beside it.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::destination_rule},
    .check_one = check_one,
};

}  // namespace hop::rules
