// A name in the TLS settings that is surely a slip: for the host itself, or for the system's certificates.
#include "model/istio/traffic_policy.h"
#include "rule/rule.h"
#include "text/typing_slip.h"

namespace hop::rules {
namespace {

void check_name(const Resource& resource, yaml::Node name, std::string_view host, Report& report) {
  const auto text = text_of(name);
  if (!text.is_known() || !is_typing_slip(*text, host)) return;
  report.at(resource, name, format("`{}` is not the host that the rule is for: `{}`", *text, host))
      .note(DestinationRule(resource).host(), "the host")
      .fix(format("change it to `{}`", host), name, host, Safety::unsafe);
}

void check_one(const Resource& resource, Report& report) {
  const auto host = text_of(DestinationRule(resource).host());
  for (yaml::Node tls : istio::client_tls_blocks(resource)) {
    if (host.is_known()) check_name(resource, tls["sni"], *host, report);
    for (yaml::Node name : host.is_known() ? tls["subjectAltNames"].items() : yaml::Items{}) check_name(resource, name, *host, report);
    const auto authorities = text_of(tls["caCertificates"]);
    constexpr std::string_view system[] = {"system"};
    if (!authorities.is_known() || !nearest(*authorities, system)) continue;
    report.at(resource, authorities.node(), format("`{}` is taken for a file; the system's certificates are `system`", *authorities))
        .fix("change it to `system`", authorities.node(), "system", Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule destinationrule_tls_misspelt = {
    .info = {.id = "destinationrule-tls-misspelt",
             .summary = "a name in a DestinationRule's TLS settings is a slip",
             .docs =
                 "`sni` and `subjectAltNames` that differ from the rule's own host by two swapped letters, or by one inside a word, and "
                 "a `caCertificates` that resembles `system`. Other names are possible and left alone.",
             .effect = "the TLS session is refused, by the server or for its certificate: requests fail with 503",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings",
             .severity = Severity::error,
             .fixes = FixPolicy::always},
    .reads = {Kind::destination_rule},
    .check_one = check_one,
};

}  // namespace hop::rules
