// The annotations of a Service that say how AWS makes its load balancer.
// Source: aws-load-balancer-controller docs/guide/service/annotations.md and pkg/service; kubernetes/cloud-provider-aws
// docs/service_controller.md.

#include "model/aws/annotations.h"

namespace hop::nlb {
namespace {

using aws::any_int32;
using aws::Identifier;
using aws::Merge;
using aws::Range;
using aws::Reach;
using aws::Reader;

constexpr Annotation row(std::string_view suffix, Grammar grammar, Reader reader = Reader::both, Identifier holds = Identifier::none) {
  return {suffix, grammar, Reach::ingress_and_service, "", "", Merge::own, any_int32, holds, reader};
}
constexpr Annotation choice(std::string_view suffix, std::string_view values, Reader reader, bool refused = true) {
  return {suffix, Grammar::word, Reach::ingress_and_service, "", values, Merge::own, any_int32, Identifier::none, reader, refused};
}
constexpr Annotation number(std::string_view suffix, Range range, Reader reader = Reader::both) {
  return {suffix, Grammar::integer, Reach::ingress_and_service, "", "", Merge::own, range, Identifier::none, reader};
}
constexpr Annotation any_case(Annotation annotation) {
  annotation.any_case = true;
  return annotation;
}
constexpr Annotation old(Annotation annotation, std::string_view instead) {
  annotation.instead = instead;
  return annotation;
}

constexpr Reader both = Reader::both;
constexpr Reader controller = Reader::controller;
constexpr Reader in_tree = Reader::in_tree;
constexpr bool passed_over = false;

constexpr Annotation table[] = {
    choice("aws-load-balancer-type", "external|nlb-ip|nlb|clb|classic", both, passed_over),
    choice("aws-load-balancer-nlb-target-type", "instance|ip", controller, passed_over),
    choice("aws-load-balancer-scheme", "internal|internet-facing", controller),
    old(row("aws-load-balancer-internal", Grammar::text), "aws-load-balancer-scheme"),
    row("aws-load-balancer-name", Grammar::text, controller),
    choice("aws-load-balancer-ip-address-type", "ipv4|dualstack", controller),
    row("aws-load-balancer-subnets", Grammar::list, both, Identifier::subnet),
    row("aws-load-balancer-eip-allocations", Grammar::list, both, Identifier::elastic_ip),
    row("aws-load-balancer-eip-allocations-discovery-tags", Grammar::map, controller),
    row("aws-load-balancer-private-ipv4-addresses", Grammar::list, controller),
    row("aws-load-balancer-ipv6-addresses", Grammar::list, controller),
    row("load-balancer-source-ranges", Grammar::list, both, Identifier::cidr),
    row("aws-load-balancer-security-groups", Grammar::list, both, Identifier::security_group),
    row("aws-load-balancer-manage-backend-security-group-rules", Grammar::boolean, controller),
    row("aws-load-balancer-security-group-prefix-lists", Grammar::list, controller, Identifier::prefix_list),
    row("aws-load-balancer-disable-nlb-sg", Grammar::boolean, controller),
    choice("aws-load-balancer-inbound-sg-rules-on-private-link-traffic", "on|off", controller),
    row("aws-load-balancer-ssl-cert", Grammar::list, both, Identifier::certificate),
    row("aws-load-balancer-ssl-ports", Grammar::list),
    row("aws-load-balancer-ssl-negotiation-policy", Grammar::text),
    row("aws-load-balancer-backend-protocol", Grammar::text),
    choice("aws-load-balancer-alpn-policy", "HTTP1Only|HTTP2Only|HTTP2Optional|HTTP2Preferred|None", controller),
    choice("aws-load-balancer-proxy-protocol", "*", both),
    row("aws-load-balancer-proxy-protocol-per-target-group", Grammar::list, controller),
    row("aws-load-balancer-target-group-attributes", Grammar::map),
    row("aws-load-balancer-target-group-attributes.", Grammar::map, controller),
    row("aws-load-balancer-attributes", Grammar::map, controller),
    row("aws-load-balancer-listener-attributes.", Grammar::map, controller),
    any_case(choice("aws-load-balancer-healthcheck-protocol", "tcp|http|https", both)),
    row("aws-load-balancer-healthcheck-port", Grammar::text),
    row("aws-load-balancer-healthcheck-path", Grammar::text),
    number("aws-load-balancer-healthcheck-interval", {5, 300}),
    number("aws-load-balancer-healthcheck-timeout", {2, 120}),
    number("aws-load-balancer-healthcheck-healthy-threshold", {2, 10}),
    number("aws-load-balancer-healthcheck-unhealthy-threshold", {2, 10}),
    row("aws-load-balancer-healthcheck-success-codes", Grammar::text, controller),
    row("aws-load-balancer-target-node-labels", Grammar::map),
    row("aws-load-balancer-additional-resource-tags", Grammar::map),
    row("aws-load-balancer-multi-cluster-target-group", Grammar::boolean, controller),
    row("aws-load-balancer-minimum-load-balancer-capacity", Grammar::map, controller),
    row("aws-load-balancer-enable-tcp-udp-listener", Grammar::boolean, controller),
    row("aws-load-balancer-quic-enabled-ports", Grammar::list, controller),
    row("aws-load-balancer-quic-enabled-containers", Grammar::list, controller),
    choice("aws-load-balancer-enable-prefix-for-ipv6-source-nat", "on|off", controller),
    row("aws-load-balancer-source-nat-ipv6-prefixes", Grammar::list, controller),
    choice("aws-load-balancer-enable-icmp-for-path-mtu-discovery", "on|off", controller),
    row("actions.", Grammar::json, controller),
    // Replaced by attributes since version 2.3 of the controller; the in-tree provider knows no others.
    old(row("aws-load-balancer-access-log-enabled", Grammar::boolean), "aws-load-balancer-attributes"),
    old(row("aws-load-balancer-access-log-s3-bucket-name", Grammar::text), "aws-load-balancer-attributes"),
    old(row("aws-load-balancer-access-log-s3-bucket-prefix", Grammar::text), "aws-load-balancer-attributes"),
    old(row("aws-load-balancer-cross-zone-load-balancing-enabled", Grammar::boolean), "aws-load-balancer-attributes"),
    // Classic load balancers only.
    number("aws-load-balancer-access-log-emit-interval", {5, 60}, in_tree),
    row("aws-load-balancer-extra-security-groups", Grammar::list, in_tree, Identifier::security_group),
    number("aws-load-balancer-connection-idle-timeout", {1, 4000}, in_tree),
    row("aws-load-balancer-connection-draining-enabled", Grammar::boolean, in_tree),
    number("aws-load-balancer-connection-draining-timeout", {1, 3600}, in_tree),
};

}  // namespace

std::span<const Annotation> annotations() { return table; }

const Annotation* find(std::string_view suffix) { return aws::find_in(table, suffix); }

}  // namespace hop::nlb
