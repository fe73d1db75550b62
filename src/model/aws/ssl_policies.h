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
/// Whether the policy offers TLS 1.3. Behind such a listener the load balancer speaks it to targets too.
bool offers_tls_1_3(std::string_view policy);
/// A policy of the table whose name is a slip away.
std::optional<std::string_view> nearest_ssl_policy(std::string_view policy);

/// What a listener without one gets from the controller.
inline constexpr std::string_view default_ssl_policy = "ELBSecurityPolicy-2016-08";
/// What AWS recommends for new listeners, in the variant without post-quantum key exchange.
inline constexpr std::string_view recommended_ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

}  // namespace hop::aws
