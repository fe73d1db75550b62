#include "model/aws/class_params.h"

namespace hop {
namespace {

constexpr alb::Override table[] = {
    {"load-balancer-name", "loadBalancerName"},
    {"group.name", "group.name"},
    {"scheme", "scheme"},
    {"ip-address-type", "ipAddressType"},
    {"target-type", "targetType"},
    {"subnets", "subnets"},
    {"inbound-cidrs", "inboundCIDRs"},
    {"certificate-arn", "certificateArn"},
    {"certificate-arn", "certificateARNs"},  // EKS Auto Mode's spelling
    {"ssl-policy", "sslPolicy"},
    {"ssl-redirect", "sslRedirectPort"},
    {"security-group-prefix-lists", "prefixListsIDs"},
    {"security-group-prefix-lists", "PrefixListsIDs"},  // the first spelling
    {"ipam-ipv4-pool-id", "ipamConfiguration.ipv4IPAMPoolId"},
    {"minimum-load-balancer-capacity", "minimumLoadBalancerCapacity"},
    {"wafv2-acl-arn", "wafv2AclArn"},
    {"wafv2-acl-name", "wafv2AclName"},
};

yaml::Node field_at(yaml::Node node, std::string_view path) {
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    node = node[path.substr(0, dot)];
    path.remove_prefix(dot + 1);
  }
  return node[path];
}

/// The controller takes an empty field for one that is not set.
bool is_set(yaml::Node node) { return node.is_scalar() ? !node.str().empty() : node.size() > 0; }

}  // namespace

yaml::Node IngressClassParams::overriding(std::string_view suffix) const {
  yaml::Node none = spec()[""];
  for (const alb::Override& entry : table) {
    if (entry.suffix != suffix) continue;
    if (const yaml::Node node = field_at(spec(), entry.field); node && is_set(node)) return node;
  }
  return none;
}

std::span<const alb::Override> alb::overrides() { return table; }

}  // namespace hop
