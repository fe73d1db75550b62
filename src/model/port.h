#pragma once
// Ports and the protocols their names stand for.
// Source: istio.io/docs/ops/configuration/traffic-management/protocol-selection.

#include <cstdint>
#include <optional>
#include <string_view>

namespace hop {

/// Application protocol as Istio sees it. `tls` is opaque TLS, `https` TLS with HTTP inside.
enum class Protocol : std::uint8_t { unknown, http, http2, grpc, https, tls, tcp, udp, mongo, redis, mysql };

/// Of a Gateway server's or ServiceEntry's `protocol:`, any case. `unknown` for words not in Istio's list.
Protocol parse_protocol(std::string_view word);
/// What a Service port's `appProtocol` or name says: text before the first dash.
Protocol protocol_of_port_name(std::string_view name);
bool speaks_tls(Protocol protocol);
bool speaks_http(Protocol protocol);
std::string_view to_string(Protocol protocol);

}  // namespace hop
