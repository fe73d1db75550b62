#pragma once
// ARNs and ids of AWS resources: how each kind is written, and texts that only stand for one.
// Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html and the reference of each service.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hop::aws {

enum class Identifier : std::uint8_t {
  none,  ///< anything
  certificate,
  web_acl,
  trust_store,
  target_group,
  user_pool,
  private_authority,
  role,
  subnet,  ///< `subnet-…`; anything else is a Name tag
  security_group,
  vpc,
  prefix_list,
  elastic_ip,
  address_pool,
  cidr
};

struct Arn {
  std::string_view partition, service, region, account, resource;
};
/// The six parts of `arn:…`, whatever they hold; nothing for other texts.
std::optional<Arn> parse_arn(std::string_view text);

/// Whether a text only stands for an identifier: a placeholder, `xxxx`, `<…>`, an account of the documentation, `YOUR_CERT_ARN`.
bool is_example(std::string_view text);

/// Why `text` is none of this kind, to stand behind it: "is no ARN"; "" if it is one or only stands for one. An account of documentation
/// excuses no other part.
std::string problem(Identifier kind, std::string_view text);

/// `10.0.0.0/8` in its parts. `exact` is false if bits are set behind the prefix.
struct Cidr {
  bool v6;
  unsigned bits;
  bool exact;
};
/// As Go's net.ParseCIDR; nothing for a bare address.
std::optional<Cidr> parse_cidr(std::string_view text);
/// Whether this is an IPv4 (IPv6) address without prefix length.
bool is_ipv4(std::string_view text);
bool is_ipv6(std::string_view text);

}  // namespace hop::aws
