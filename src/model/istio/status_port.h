#pragma once
// Where a gateway of Istio's answers whether it is ready, over plain HTTP; nothing else is served there.
// Source: istio.io/docs/ops/deployment/application-requirements; istio/istio manifests/charts/gateway/values.yaml.

#include <cstdint>
#include <string_view>

namespace hop {

inline constexpr std::int64_t status_port = 15021;
inline constexpr std::string_view status_port_text = "15021";
/// What Istio's charts call it in the gateway's Service.
inline constexpr std::string_view status_port_name = "status-port";
inline constexpr std::string_view status_path = "/healthz/ready";

}  // namespace hop
