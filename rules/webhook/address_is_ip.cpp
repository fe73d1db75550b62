// An external control plane addressed by an IP address.
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_of_istio(const Resource& config) {
  if (config.kind == Kind::mutating_webhook) return config.name.starts_with("istio-sidecar-injector");
  return config.name == "istiod-default-validator" || config.name.starts_with("istio-validator");
}

/// The host of a URL, without its port.
std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool is_ip(std::string_view host) {
  if (host.starts_with('[')) return true;
  return host.find('.') != std::string_view::npos && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

void check_one(const Resource& config, Report& report) {
  if (!is_of_istio(config)) return;
  for (yaml::Node webhook : WebhookConfiguration(config).webhooks()) {
    const auto url = text_of(webhook["clientConfig"]["url"]);
    if (!url.is_known() || !is_ip(host_of(*url))) continue;
    report.at(config, url.node(), format("the control plane is addressed by the IP address `{}`", host_of(*url))).alias("IST0164");
  }
}

}  // namespace

extern constinit const Rule webhook_address_is_ip = {
    .info = {.id = "webhook-address-is-ip",
             .summary = "webhooks reach the external control plane by an IP address",
             .docs = "Works where the control plane's certificate names the address. A host name survives a new load balancer, and the "
                     "certificates "
                     "of public authorities name hosts only.",
             .effect = "injection and validation fail as soon as the address changes or the certificate does not name it",
             .source = "https://istio.io/latest/docs/setup/install/external-controlplane/",
             .severity = Severity::info,
             .group = Group::reliability,
             .aliases = {"IST0164"}},
    .reads = {Kind::mutating_webhook, Kind::validating_webhook},
    .check_one = check_one,
};

}  // namespace hop::rules
