#pragma once
// What single values of Istio's configuration have to look like for istiod to take them.
// Knows no fields (value_fields.h) and nothing of other resources. Source: istio.io/docs/reference/config, pkg/config/validation.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "yaml/document.h"

namespace hop::istio {

enum class Syntax : std::uint8_t {
  duration,         ///< Go's `1h30m`: whole milliseconds, at least one
  duration_or_off,  ///< the same, or `0s`
  seconds,          ///< the same in whole seconds
  regex,            ///< RE2, 1 to 1,024 bytes
  port,             ///< 1 to 65535
  port_or_socket,   ///< the same, or 0 beside a unix socket
  policy_port,      ///< text, 0 to 65535
  percent,          ///< 0 to 100
  share,            ///< 0, or 0.0001 to 100
  count,            ///< not negative
  http_status,      ///< 200 to 600
  redirect_code,    ///< 300 to 399
  name,             ///< a DNS label
  gateway_name,     ///< `namespace/name`, or a DNS name
  host,             ///< a DNS name whose first label may be a wildcard
  host_or_address,  ///< the same, or an IP address
  narrow_host,      ///< the same without `*` alone and without addresses
  gateway_host,     ///< `[namespace/]dnsName`
  sidecar_host,     ///< `namespace/dnsName`
  name_or_address,  ///< a DNS name without wildcards, an IP address or a unix socket
  range,            ///< an IP address or a CIDR range
  bind,             ///< an IP address or a unix socket
  header,           ///< a header's name
  match_header,     ///< the same, or a JWT claim: `@request.auth.claims.group`
  cors_header,      ///< the same, or `*`
  request_header,   ///< one that may be set on requests: `:authority` and `Host` too
  changed_header,   ///< one that may be removed from requests, or changed on responses
  header_value,     ///< text in which `%` starts one of Envoy's variables
  protocol,         ///< a protocol of a port
  label_key,
  label_value,
};

/// What is wrong with `value` in words that follow it ("is shorter than 1ms"); nothing where it is right, or cannot be told: absent,
/// null, a placeholder, of another type.
std::optional<std::string> fault(Syntax syntax, yaml::Node value);

/// The value as a message shows it: in backticks, cut where it is long.
std::string shown(std::string_view value);

/// `[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?`, at most 63.
bool is_dns_label(std::string_view text);
/// Labels joined by dots, the last not all digits; one dot may follow.
bool is_dns_name(std::string_view text);
/// A DNS name whose first label may be `*`, `*x` or `*-x`.
bool is_wildcard_name(std::string_view text);
/// `*x.example.com`: a wildcard for a part of a label.
bool is_partial_wildcard(std::string_view text);
/// In nanoseconds; nothing for what Go's time.ParseDuration refuses, or what is beyond 290 years.
std::optional<std::int64_t> parse_duration(std::string_view text);
/// Whether a header match names a claim of a JWT.
bool is_claim(std::string_view header);

}  // namespace hop::istio
