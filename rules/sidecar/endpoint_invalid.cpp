// Ingress listeners that forward to no place in the pod.
#include <algorithm>
#include <charconv>

#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view places[] = {"", "127.0.0.1", "0.0.0.0", "[::1]", "[::]"};

bool is_endpoint(std::string_view text) {
  if (text.starts_with("unix://")) {
    text.remove_prefix(7);
    return text.starts_with('@') || (text.starts_with('/') && !text.ends_with('/'));
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return false;
  int port = 0;
  const auto [end, error] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port < 1 || port > 65535) return false;
  return std::find(std::begin(places), std::end(places), text.substr(0, colon)) != std::end(places);
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node listener : resource.spec()["ingress"].items()) {
    const auto endpoint = text_of(listener["defaultEndpoint"]);
    if (!endpoint.is_known() || (*endpoint).empty() || is_endpoint(*endpoint)) continue;
    report.at(resource, endpoint.node(), format("{} is no endpoint in the pod, such as `127.0.0.1:8080`", istio::shown(*endpoint)))
        .alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule sidecar_endpoint_invalid = {
    .info = {.id = "sidecar-endpoint-invalid",
             .summary = "an ingress listener of a Sidecar forwards to something that is not in the pod",
             .docs = "`defaultEndpoint` is `127.0.0.1:port`, `[::1]:port`, `0.0.0.0:port` or `[::]:port` (the pod's address), "
                     "or a unix socket: `unix:///run/app.sock`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioIngressListener",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::sidecar},
    .check_one = check_one,
};

}  // namespace hop::rules
