#include "model/aws/ssl_policies.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "text/words.h"

namespace hop::aws {
namespace {

constexpr std::string_view prefix = "ELBSecurityPolicy-";

struct Policy {
  std::string_view name;  ///< behind the prefix
  OldestTls oldest;
};

constexpr Policy table[] = {
    {"2015-05", OldestTls::tls_1_0},
    {"2016-08", OldestTls::tls_1_0},
    {"FS-2018-06", OldestTls::tls_1_0},
    {"FS-1-1-2019-08", OldestTls::tls_1_1},
    {"FS-1-2-2019-08", OldestTls::tls_1_2},
    {"FS-1-2-Res-2019-08", OldestTls::tls_1_2},
    {"FS-1-2-Res-2020-10", OldestTls::tls_1_2},
    {"TLS-1-0-2015-04", OldestTls::tls_1_0},
    {"TLS-1-1-2017-01", OldestTls::tls_1_1},
    {"TLS-1-2-2017-01", OldestTls::tls_1_2},
    {"TLS-1-2-Ext-2018-06", OldestTls::tls_1_2},
    {"TLS13-1-0-2021-06", OldestTls::tls_1_0},
    {"TLS13-1-1-2021-06", OldestTls::tls_1_1},
    {"TLS13-1-2-2021-06", OldestTls::tls_1_2},
    {"TLS13-1-2-Ext1-2021-06", OldestTls::tls_1_2},
    {"TLS13-1-2-Ext2-2021-06", OldestTls::tls_1_2},
    {"TLS13-1-2-Res-2021-06", OldestTls::tls_1_2},
    {"TLS13-1-3-2021-06", OldestTls::tls_1_3},
    {"TLS13-1-0-FIPS-2023-04", OldestTls::tls_1_0},
    {"TLS13-1-1-FIPS-2023-04", OldestTls::tls_1_1},
    {"TLS13-1-2-FIPS-2023-04", OldestTls::tls_1_2},
    {"TLS13-1-2-Ext0-FIPS-2023-04", OldestTls::tls_1_2},
    {"TLS13-1-2-Ext1-FIPS-2023-04", OldestTls::tls_1_2},
    {"TLS13-1-2-Ext2-FIPS-2023-04", OldestTls::tls_1_2},
    {"TLS13-1-2-Res-FIPS-2023-04", OldestTls::tls_1_2},
    {"TLS13-1-3-FIPS-2023-04", OldestTls::tls_1_3},
};

/// The families with post-quantum key exchange grow with every year: their names say what they allow.
OldestTls of_post_quantum(std::string_view name) {
  if (name.find("-PQ-") == std::string_view::npos || !name.starts_with("TLS13-1-")) return OldestTls::unheard;
  switch (name[8]) {
    case '0':
      return OldestTls::tls_1_0;
    case '1':
      return OldestTls::tls_1_1;
    case '2':
      return OldestTls::tls_1_2;
    case '3':
      return OldestTls::tls_1_3;
    default:
      return OldestTls::unheard;
  }
}

}  // namespace

OldestTls oldest_tls(std::string_view policy) {
  if (!policy.starts_with(prefix) || policy.size() == prefix.size()) return OldestTls::invalid;
  const std::string_view name = policy.substr(prefix.size());
  const bool well_formed = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (!well_formed) return OldestTls::invalid;
  const auto* const found = std::find_if(std::begin(table), std::end(table), [&](const Policy& row) { return row.name == name; });
  return found == std::end(table) ? of_post_quantum(name) : found->oldest;
}

std::optional<std::string_view> nearest_ssl_policy(std::string_view policy) {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Policy& row : table) all.push_back(std::string(prefix) + std::string(row.name));
    return all;
  }();
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return nearest(policy, candidates);
}

}  // namespace hop::aws
