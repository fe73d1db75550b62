// A webhook that the API server cannot call because of how its address is written.
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The webhooks that point at an external control plane.
bool is_of_istio(const Resource& config) {
  if (config.kind == Kind::mutating_webhook) return config.name.starts_with("istio-sidecar-injector");
  return config.name == "istiod-default-validator" || config.name.starts_with("istio-validator");
}

/// Whether a `%` is not followed by two hexadecimal digits.
bool has_broken_escape(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdefABCDEF";
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    const std::string_view code = text.substr(at + 1, 2);
    if (code.size() < 2 || code.find_first_not_of(digits) != std::string_view::npos) return true;
  }
  return false;
}

/// What is wrong with a URL as the API server reads it; "" for a good one.
std::string_view complaint(std::string_view url) {
  if (url.find_first_of(" \t\n") != std::string_view::npos) return "has blanks in it";
  if (!url.starts_with("https://")) return "does not begin with `https://`";
  if (has_broken_escape(url)) return "has a `%` that is no escape";
  const std::string_view rest = url.substr(8);
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  if (host.empty()) return "names no host";
  if (host.find('@') != std::string_view::npos) return "names a user";
  if (rest.find('?') != std::string_view::npos || rest.find('#') != std::string_view::npos) return "has a query or a fragment";
  const std::size_t colon = host.front() == '[' ? host.find("]:") : host.rfind(':');
  if (colon == std::string_view::npos) return "";
  const std::string_view port = host.substr(colon + (host.front() == '[' ? 2 : 1));
  return port.find_first_not_of("0123456789") == std::string_view::npos ? "" : "has a port that is no number";
}

void check_webhook(const Resource& config, yaml::Node webhook, Report& report) {
  const yaml::Node client = webhook["clientConfig"];
  const auto url = text_of(client["url"]);
  const bool has_service = client.has("service") && !client["service"].is_null();
  const std::string_view alias = is_of_istio(config) ? "IST0163" : "";
  const auto tell = [&](yaml::Node place, std::string message) {
    Finding finding = place.is_mapping() ? report.at_key(config, place, std::move(message)) : report.at(config, place, std::move(message));
    if (!alias.empty()) finding.alias(alias);
  };
  const std::string_view name = webhook["name"].str();
  if (url.is_unknown()) return;
  if (url.is_absent() && !has_service) {
    tell(client ? client : webhook["name"], format("webhook `{}` has neither a URL nor a Service to call", name));
  } else if (url.is_known() && has_service) {
    tell(url.node(), format("webhook `{}` has both a URL and a Service to call", name));
  } else if (url.is_known() && !complaint(*url).empty()) {
    tell(url.node(), format("the URL of webhook `{}` {}", name, complaint(*url)));
  }
}

void check_one(const Resource& config, Report& report) {
  for (yaml::Node webhook : WebhookConfiguration(config).webhooks()) check_webhook(config, webhook, report);
}

}  // namespace

extern constinit const Rule webhook_address_invalid = {
    .info = {.id = "webhook-address-invalid",
             .summary = "a webhook has no address, two of them, or one that is no URL",
             .docs =
                 "`clientConfig` needs exactly one of `url` and `service`. A URL begins with `https://`, names a host, and has no user, "
                 "query or fragment.",
             .effect = "the API server refuses the object; no sidecars are injected and no configuration is validated",
             .source = "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#contacting-the-webhook",
             .severity = Severity::error,
             .aliases = {"IST0163"}},
    .reads = {Kind::mutating_webhook, Kind::validating_webhook},
    .check_one = check_one,
};

}  // namespace hop::rules
