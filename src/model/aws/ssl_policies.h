#pragma once
// Security policies of load balancer listeners.
// Source: docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html.

#include <cstdint>
#include <optional>
#include <string_view>

namespace hop::aws {

/// The oldest version of TLS that a policy lets clients speak; `invalid` is no name of a policy, `unheard` one that is not in our table.
enum class OldestTls : std::uint8_t { invalid, unheard, tls_1_0, tls_1_1, tls_1_2, tls_1_3 };
OldestTls oldest_tls(std::string_view policy);
/// A policy of the table whose name is a slip away.
std::optional<std::string_view> nearest_ssl_policy(std::string_view policy);

}  // namespace hop::aws
