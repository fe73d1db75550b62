#pragma once
// IP addresses and ranges as Go's netip reads them: no brackets, no leading zeros.
// Knows nothing of host names. Source: pkg.go.dev/net/netip.

#include <string_view>

namespace hop {

bool is_ip_address(std::string_view text);
/// An address with a prefix length: `10.0.0.0/8`.
bool is_cidr(std::string_view text);

}  // namespace hop
