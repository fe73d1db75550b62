#pragma once
// IP addresses and blocks as policies write them. Source: RFC 1918, RFC 6598, RFC 1122.

#include <string_view>

namespace hop {

/// Whether an IPv4 address or block (`203.0.113.0/24`) is one of the internet: not private, shared, local or everything (`0.0.0.0/0`).
/// False for anything else, IPv6 too.
bool is_public_ipv4(std::string_view block);

}  // namespace hop
