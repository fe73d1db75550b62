#include "model/aws/annotations.h"

#include <algorithm>

namespace hop::alb {
namespace {

constexpr Reach only_ingress = Reach::ingress;
constexpr Reach both = Reach::ingress_and_service;

constexpr Annotation table[] = {
    // Load balancer and listeners.
    {"load-balancer-name", Grammar::text, only_ingress, "", ""},
    {"group.name", Grammar::text, only_ingress, "", ""},
    {"group.order", Grammar::integer, only_ingress, "0", ""},
    {"tags", Grammar::map, both, "", ""},
    {"ip-address-type", Grammar::word, only_ingress, "ipv4", "ipv4|dualstack|dualstack-without-public-ipv4"},
    {"scheme", Grammar::word, only_ingress, "internal", "internal|internet-facing"},
    {"subnets", Grammar::list, only_ingress, "", ""},
    {"security-groups", Grammar::list, only_ingress, "", ""},
    {"manage-backend-security-group-rules", Grammar::boolean, only_ingress, "false", ""},
    {"customer-owned-ipv4-pool", Grammar::text, only_ingress, "", ""},
    {"ipam-ipv4-pool-id", Grammar::text, only_ingress, "", ""},
    {"load-balancer-attributes", Grammar::map, only_ingress, "", ""},
    {"minimum-load-balancer-capacity", Grammar::map, only_ingress, "", ""},
    {"wafv2-acl-arn", Grammar::text, only_ingress, "", ""},
    {"wafv2-acl-name", Grammar::text, only_ingress, "", ""},
    {"waf-acl-id", Grammar::text, only_ingress, "", ""},
    {"web-acl-id", Grammar::text, only_ingress, "", ""},
    {"shield-advanced-protection", Grammar::boolean, only_ingress, "", ""},
    {"listen-ports", Grammar::json, only_ingress, "", ""},
    {"ssl-redirect", Grammar::integer, only_ingress, "", ""},
    {"inbound-cidrs", Grammar::list, only_ingress, "", ""},
    {"security-group-prefix-lists", Grammar::list, only_ingress, "", ""},
    {"certificate-arn", Grammar::list, only_ingress, "", ""},
    {"ssl-policy", Grammar::text, only_ingress, "ELBSecurityPolicy-2016-08", ""},
    {"mutual-authentication", Grammar::json, only_ingress, "", ""},
    {"listener-attributes.", Grammar::map, only_ingress, "", ""},
    {"create-acm-cert", Grammar::boolean, only_ingress, "false", ""},
    {"acm-pca-arn", Grammar::text, only_ingress, "", ""},
    {"enable-frontend-nlb", Grammar::boolean, only_ingress, "false", ""},
    {"frontend-nlb-scheme", Grammar::word, only_ingress, "", "internal|internet-facing"},
    {"frontend-nlb-subnets", Grammar::list, only_ingress, "", ""},
    {"frontend-nlb-security-groups", Grammar::list, only_ingress, "", ""},
    {"frontend-nlb-listener-port-mapping", Grammar::map, only_ingress, "", ""},
    {"frontend-nlb-healthcheck-port", Grammar::text, only_ingress, "traffic-port", ""},
    {"frontend-nlb-healthcheck-protocol", Grammar::word, only_ingress, "HTTP", "HTTP|HTTPS"},
    {"frontend-nlb-healthcheck-path", Grammar::text, only_ingress, "/", ""},
    {"frontend-nlb-healthcheck-interval-seconds", Grammar::integer, only_ingress, "15", ""},
    {"frontend-nlb-healthcheck-timeout-seconds", Grammar::integer, only_ingress, "5", ""},
    {"frontend-nlb-healthcheck-healthy-threshold-count", Grammar::integer, only_ingress, "2", ""},
    {"frontend-nlb-healthcheck-unhealthy-threshold-count", Grammar::integer, only_ingress, "2", ""},
    {"frontend-nlb-healthcheck-success-codes", Grammar::text, only_ingress, "200", ""},
    {"frontend-nlb-tags", Grammar::map, only_ingress, "", ""},
    {"frontend-nlb-eip-allocations", Grammar::list, only_ingress, "", ""},
    {"frontend-nlb-attributes", Grammar::map, only_ingress, "", ""},
    {"dry-run-plan", Grammar::text, only_ingress, "", ""},
    // Target groups.
    {"target-type", Grammar::word, both, "instance", "instance|ip"},
    {"backend-protocol", Grammar::word, both, "HTTP", "HTTP|HTTPS"},
    {"backend-protocol-version", Grammar::word, both, "HTTP1", "HTTP1|HTTP2|GRPC"},
    {"target-group-attributes", Grammar::map, both, "", ""},
    {"target-node-labels", Grammar::map, both, "", ""},
    {"multi-cluster-target-group", Grammar::boolean, both, "false", ""},
    {"healthcheck-port", Grammar::text, both, "traffic-port", ""},
    {"healthcheck-protocol", Grammar::word, both, "", "HTTP|HTTPS"},
    {"healthcheck-path", Grammar::text, both, "/", ""},
    {"healthcheck-interval-seconds", Grammar::integer, both, "15", ""},
    {"healthcheck-timeout-seconds", Grammar::integer, both, "5", ""},
    {"healthy-threshold-count", Grammar::integer, both, "2", ""},
    {"unhealthy-threshold-count", Grammar::integer, both, "2", ""},
    {"success-codes", Grammar::text, both, "200", ""},
    {"target-control-port.", Grammar::integer, both, "", ""},
    // Authentication and rules.
    {"auth-type", Grammar::word, both, "none", "none|oidc|cognito"},
    {"auth-idp-cognito", Grammar::json, both, "", ""},
    {"auth-idp-oidc", Grammar::json, both, "", ""},
    {"auth-on-unauthenticated-request", Grammar::word, both, "authenticate", "authenticate|allow|deny"},
    {"auth-scope", Grammar::text, both, "openid", ""},
    {"auth-session-cookie", Grammar::text, both, "AWSELBAuthSessionCookie", ""},
    {"auth-session-timeout", Grammar::integer, both, "604800", ""},
    {"jwt-validation", Grammar::json, only_ingress, "", ""},
    {"actions.", Grammar::json, only_ingress, "", ""},
    {"conditions.", Grammar::json, only_ingress, "", ""},
    {"transforms.", Grammar::json, only_ingress, "", ""},
    {"use-regex-path-match", Grammar::boolean, only_ingress, "false", ""},
};

}  // namespace

std::span<const Annotation> annotations() { return table; }

const Annotation* find(std::string_view suffix) {
  const auto* found = std::find_if(std::begin(table), std::end(table), [&](const Annotation& annotation) {
    return annotation.suffix.ends_with('.') ? suffix.starts_with(annotation.suffix) && suffix.size() > annotation.suffix.size()
                                            : annotation.suffix == suffix;
  });
  return found == std::end(table) ? nullptr : found;
}

}  // namespace hop::alb
