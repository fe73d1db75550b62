// Gateway API CRDs older than Istio needs.
#include <array>
#include <charconv>

#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Minimum {
  std::string_view crd;
  std::array<unsigned, 3> version;
  std::string_view text;
};

// Source: istio.io/docs/tasks/traffic-management/ingress/gateway-api and the releases' notes.
constexpr Minimum minimums[] = {
    {"grpcroutes.gateway.networking.k8s.io", {1, 1, 0}, "v1.1.0"},
    {"backendtlspolicies.gateway.networking.k8s.io", {1, 4, 0}, "v1.4.0"},
    {"tlsroutes.gateway.networking.k8s.io", {1, 5, 0}, "v1.5.0"},
    {"tcproutes.gateway.networking.k8s.io", {1, 6, 0}, "v1.6.0"},
};

/// Three numbers of `v1.2.3`; what follows a dash is dropped.
std::optional<std::array<unsigned, 3>> parse(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  text = text.substr(0, text.find_first_of("-+"));
  const auto parts = split_list(text, '.');
  if (parts.size() != 3) return std::nullopt;
  std::array<unsigned, 3> version{};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto [end, error] = std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), version[i]);
    if (error != std::errc{} || end != parts[i].data() + parts[i].size()) return std::nullopt;
  }
  return version;
}

void check_one(const Resource& crd, Report& report) {
  const auto bundle = text_of(crd.annotation("gateway.networking.k8s.io/bundle-version"));
  if (!bundle.is_known()) return;
  const auto version = parse(*bundle);
  for (const Minimum& minimum : minimums) {
    if (minimum.crd != crd.name || !version || *version >= minimum.version) continue;
    report.at(crd, bundle.node(), format("`{}` is of Gateway API `{}`; Istio needs `{}`", crd.name, *bundle, minimum.text))
        .alias("IST0176");
  }
}

}  // namespace

extern constinit const Rule gatewayapi_crds_outdated = {
    .info = {.id = "gatewayapi-crds-outdated",
             .summary = "a CRD of the Gateway API is older than Istio needs",
             .docs =
                 "The bundle's version, from the annotation that every release of the Gateway API carries, is compared with the least that "
                 "current Istio reads: GRPCRoute 1.1, BackendTLSPolicy 1.4, TLSRoute 1.5, TCPRoute 1.6.",
             .effect = "resources of this kind are ignored",
             .source = "https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/",
             .severity = Severity::warning,
             .aliases = {"IST0176"},
             .applies = {Component::istio, {1, 31}}},
    .reads = {Kind::custom_resource_definition},
    .check_one = check_one,
};

}  // namespace hop::rules
