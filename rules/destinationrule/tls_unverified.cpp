// TLS to a server whose certificate is checked against nothing of one's own.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_tls(const DestinationRule& rule, yaml::Node tls, std::string_view alias, Report& report) {
  const auto mode = text_of(tls["mode"]);
  if (!mode.is_known() || (*mode != "SIMPLE" && *mode != "MUTUAL")) return;
  const auto authorities = text_of(tls["caCertificates"]);
  if (authorities.is_unknown() || !authorities.value_or("").empty()) return;
  // What a credential holds is its own authority, where one is read: at the gateways that a selector names.
  if (tls["credentialName"] && rule.spec()["workloadSelector"]) return;
  const auto skipped = boolean_of(tls["insecureSkipVerify"]);
  const bool skips = skipped.is_known() && *skipped;
  Finding finding = report.at(rule, skips ? skipped.node() : mode.node(),
                              skips ? format("the certificate of `{}` is not verified", rule.host().str())
                                    : format("calls to `{}` use TLS without `caCertificates`", rule.host().str()));
  finding.alias(alias);
  if (skips) return;
  finding.severity(Severity::info).applies({Component::istio, {}, {1, 21}});
  finding.effect("verified against the system's authorities; before Istio 1.21 not at all");
}

void check_policy(const DestinationRule& rule, yaml::Node policy, Report& report) {
  check_tls(rule, policy["tls"], "IST0128", report);
  for (yaml::Node port : policy["portLevelSettings"].items()) check_tls(rule, port["tls"], "IST0129", report);
}

void check_one(const Resource& resource, Report& report) {
  const DestinationRule rule(resource);
  check_policy(rule, rule.traffic_policy(), report);
  for (yaml::Node subset : rule.subsets()) check_policy(rule, subset["trafficPolicy"], report);
}

}  // namespace

extern constinit const Rule destinationrule_tls_unverified = {
    .info = {.id = "destinationrule-tls-unverified",
             .summary = "clients use TLS without a certificate authority of their own",
             .docs = "`tls.mode` SIMPLE or MUTUAL without `caCertificates`, for the host, a port or a subset. Sidecars then take the "
                     "system's authorities, "
                     "which is right for public hosts (info, and nothing where the configuration names Istio 1.21 or newer). With "
                     "`insecureSkipVerify` they verify nothing (warning).",
             .effect = "whoever answers is taken for the server",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings",
             .severity = Severity::warning,
             .group = Group::security,
             .aliases = {"IST0128", "IST0129"}},
    .reads = {Kind::destination_rule},
    .check_one = check_one,
};

}  // namespace hop::rules
