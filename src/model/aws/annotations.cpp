#include "model/aws/annotations.h"

#include <algorithm>
#include <vector>

#include "text/words.h"

namespace hop::aws {

bool is_among(std::string_view words, std::string_view word) {
  for (std::string_view choice : split_list(words, '|')) {
    if (choice == word) return true;
  }
  return false;
}

bool takes_word(const Annotation& annotation, std::string_view word) {
  return annotation.any_case ? is_among(annotation.values, lower(word)) : is_among(annotation.values, word);
}

std::optional<std::string_view> meant_among(std::string_view words, std::string_view text) {
  const std::string folded = lower(trim(text));
  const auto choices = split_list(words, '|');
  for (std::string_view choice : choices) {
    if (lower(choice) == folded) return choice == text ? std::nullopt : std::optional(choice);
  }
  return nearest(trim(text), choices);
}

std::string spell_choice(std::string_view words) {
  std::string spelled;
  const auto choices = split_list(words, '|');
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) spelled += i + 1 == choices.size() ? " or " : ", ";
    spelled.append("`").append(choices[i]).append("`");
  }
  return spelled;
}

std::vector<ItemProblem> item_problems(const Annotation& annotation, std::string_view value) {
  std::vector<ItemProblem> problems;
  if (annotation.holds == Identifier::none) return problems;
  if (annotation.grammar == Grammar::list) {
    for (const Piece& item : string_list(value)) {
      if (std::string why = problem(annotation.holds, item.text); !why.empty()) problems.push_back({item, std::move(why)});
    }
  } else if (value != "none") {  // takes a web ACL off
    if (std::string why = problem(annotation.holds, value); !why.empty()) problems.push_back({{value, 0, value.size()}, std::move(why)});
  }
  return problems;
}

const Annotation* find_in(std::span<const Annotation> table, std::string_view suffix) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Annotation& annotation) {
    return annotation.suffix.ends_with('.') ? suffix.starts_with(annotation.suffix) && suffix.size() > annotation.suffix.size()
                                            : annotation.suffix == suffix;
  });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace hop::aws

namespace hop::alb {
namespace {

using aws::any_int32;
using aws::any_port;
using aws::Identifier;
using aws::Merge;
using aws::Range;

constexpr Reach ingress = Reach::ingress;
constexpr Reach both = Reach::ingress_and_service;

// The ranges that the controller leaves to AWS are those of the Elastic Load Balancing API's reference.
constexpr Range order{-1000, 1000};
constexpr Range interval{5, 300};
constexpr Range timeout{2, 120};
constexpr Range threshold{2, 10};
constexpr Range session{1, 604800};

constexpr Annotation table[] = {
    // Load balancer and listeners.
    {"load-balancer-name", Grammar::text, ingress, "", "", Merge::exclusive},
    {"group.name", Grammar::text, ingress, "", ""},
    {"group.order", Grammar::integer, ingress, "0", "", Merge::own, order},
    {"tags", Grammar::map, both, "", "", Merge::per_key},
    {"ip-address-type", Grammar::word, ingress, "ipv4", "ipv4|dualstack|dualstack-without-public-ipv4", Merge::exclusive},
    {"scheme", Grammar::word, ingress, "internal", "internal|internet-facing", Merge::exclusive},
    {"subnets", Grammar::list, ingress, "", "", Merge::exclusive, any_int32, Identifier::subnet},
    {"security-groups", Grammar::list, ingress, "", "", Merge::exclusive, any_int32, Identifier::security_group},
    {"manage-backend-security-group-rules", Grammar::boolean, ingress, "false", "", Merge::exclusive},
    {"customer-owned-ipv4-pool", Grammar::text, ingress, "", "", Merge::exclusive},
    {"ipam-ipv4-pool-id", Grammar::text, ingress, "", "", Merge::exclusive, any_int32, Identifier::address_pool},
    {"load-balancer-attributes", Grammar::map, ingress, "", "", Merge::per_key},
    {"minimum-load-balancer-capacity", Grammar::map, ingress, "", "", Merge::exclusive},
    {"wafv2-acl-arn", Grammar::text, ingress, "", "", Merge::exclusive, any_int32, Identifier::web_acl},
    {"wafv2-acl-name", Grammar::text, ingress, "", "", Merge::exclusive},
    {"waf-acl-id", Grammar::text, ingress, "", "", Merge::exclusive},
    {.suffix = "web-acl-id",
     .grammar = Grammar::text,
     .reach = ingress,
     .fallback = "",
     .values = "",
     .merge = Merge::exclusive,
     .instead = "waf-acl-id"},
    {"shield-advanced-protection", Grammar::boolean, ingress, "", "", Merge::exclusive},
    {"listen-ports", Grammar::json, ingress, "", "", Merge::merged},
    {"ssl-redirect", Grammar::integer, ingress, "", "", Merge::exclusive, any_port},
    {"inbound-cidrs", Grammar::list, ingress, "", "", Merge::per_port, any_int32, Identifier::cidr},
    {"security-group-prefix-lists", Grammar::list, ingress, "", "", Merge::per_port, any_int32, Identifier::prefix_list},
    {"certificate-arn", Grammar::list, ingress, "", "", Merge::merged, any_int32, Identifier::certificate},
    {"ssl-policy", Grammar::text, ingress, "ELBSecurityPolicy-2016-08", "", Merge::per_port},
    {"mutual-authentication", Grammar::json, ingress, "", "", Merge::per_port},
    {"listener-attributes.", Grammar::map, ingress, "", "", Merge::per_key},
    {"create-acm-cert", Grammar::boolean, ingress, "false", ""},
    {"acm-pca-arn", Grammar::text, ingress, "", "", Merge::own, any_int32, Identifier::private_authority},
    {"enable-frontend-nlb", Grammar::boolean, ingress, "false", "", Merge::exclusive},
    {"frontend-nlb-scheme", Grammar::word, ingress, "", "internal|internet-facing", Merge::exclusive},
    {"frontend-nlb-subnets", Grammar::list, ingress, "", "", Merge::exclusive, any_int32, Identifier::subnet},
    {"frontend-nlb-security-groups", Grammar::list, ingress, "", "", Merge::exclusive, any_int32, Identifier::security_group},
    {"frontend-nlb-listener-port-mapping", Grammar::map, ingress, "", "", Merge::per_key},
    {"frontend-nlb-healthcheck-port", Grammar::text, ingress, "traffic-port", "", Merge::exclusive},
    {"frontend-nlb-healthcheck-protocol", Grammar::word, ingress, "HTTP", "HTTP|HTTPS", Merge::exclusive},
    {"frontend-nlb-healthcheck-path", Grammar::text, ingress, "/", "", Merge::exclusive},
    {"frontend-nlb-healthcheck-interval-seconds", Grammar::integer, ingress, "15", "", Merge::exclusive, interval},
    {"frontend-nlb-healthcheck-timeout-seconds", Grammar::integer, ingress, "5", "", Merge::exclusive, timeout},
    {"frontend-nlb-healthcheck-healthy-threshold-count", Grammar::integer, ingress, "2", "", Merge::exclusive, threshold},
    {"frontend-nlb-healthcheck-unhealthy-threshold-count", Grammar::integer, ingress, "2", "", Merge::exclusive, threshold},
    {"frontend-nlb-healthcheck-success-codes", Grammar::text, ingress, "200", "", Merge::exclusive},
    {"frontend-nlb-tags", Grammar::map, ingress, "", "", Merge::exclusive},
    {"frontend-nlb-eip-allocations", Grammar::list, ingress, "", "", Merge::exclusive, any_int32, Identifier::elastic_ip},
    {"frontend-nlb-attributes", Grammar::map, ingress, "", "", Merge::exclusive},
    {"dry-run-plan", Grammar::text, ingress, "", ""},
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
    {"healthcheck-interval-seconds", Grammar::integer, both, "15", "", Merge::own, interval},
    {"healthcheck-timeout-seconds", Grammar::integer, both, "5", "", Merge::own, timeout},
    {"healthy-threshold-count", Grammar::integer, both, "2", "", Merge::own, threshold},
    {"unhealthy-threshold-count", Grammar::integer, both, "2", "", Merge::own, threshold},
    {"success-codes", Grammar::text, both, "200", ""},
    {"target-control-port.", Grammar::integer, both, "", "", Merge::own, any_port},
    // Authentication and rules.
    {"auth-type", Grammar::word, both, "none", "none|oidc|cognito"},
    {"auth-idp-cognito", Grammar::json, both, "", ""},
    {"auth-idp-oidc", Grammar::json, both, "", ""},
    {"auth-on-unauthenticated-request", Grammar::word, both, "authenticate", "authenticate|allow|deny"},
    {"auth-scope", Grammar::text, both, "openid", ""},
    {"auth-session-cookie", Grammar::text, both, "AWSELBAuthSessionCookie", ""},
    {"auth-session-timeout", Grammar::integer, both, "604800", "", Merge::own, session},
    {"jwt-validation", Grammar::json, ingress, "", ""},
    {"actions.", Grammar::json, ingress, "", ""},
    {"conditions.", Grammar::json, ingress, "", ""},
    {"transforms.", Grammar::json, ingress, "", ""},
    {"use-regex-path-match", Grammar::boolean, ingress, "false", ""},
};

/// Names that people write for another one: of version 1, of other controllers, and half of the name.
struct OtherName {
  std::string_view written, meant;
};

constexpr OtherName other_names[] = {
    {"group", "group.name"},
    {"group-name", "group.name"},
    {"group-order", "group.order"},
    {"name", "load-balancer-name"},
    {"attributes", "load-balancer-attributes"},
    {"healthcheck-interval", "healthcheck-interval-seconds"},
    {"healthcheck-timeout", "healthcheck-timeout-seconds"},
    {"healthcheck-healthy-threshold-count", "healthy-threshold-count"},
    {"healthcheck-unhealthy-threshold-count", "unhealthy-threshold-count"},
    {"healthcheck-success-codes", "success-codes"},
    {"healthcheck-httpcode", "success-codes"},
    {"health-check-path", "healthcheck-path"},
    {"health-check-port", "healthcheck-port"},
    {"health-check-protocol", "healthcheck-protocol"},
    {"waf-acl-arn", "wafv2-acl-arn"},
    {"web-acl-arn", "wafv2-acl-arn"},
    {"certificate", "certificate-arn"},
    {"ssl-cert", "certificate-arn"},
    {"ssl-certificate", "certificate-arn"},
    {"redirect-to-https", "ssl-redirect"},
    {"force-ssl-redirect", "ssl-redirect"},
};

/// Source: help.aliyun.com, ALB Ingress annotation reference.
constexpr std::string_view alibaba_only[] = {"address-type",
                                             "vswitch-ids",
                                             "healthcheck-enabled",
                                             "healthcheck-method",
                                             "healthcheck-httpcode",
                                             "healthcheck-httpversion",
                                             "healthcheck-connect-port",
                                             "canary",
                                             "canary-by-header",
                                             "canary-by-header-value",
                                             "canary-by-cookie",
                                             "canary-weight",
                                             "rewrite-target",
                                             "use-regex",
                                             "backend-scheduler",
                                             "sticky-session",
                                             "sticky-session-type",
                                             "cookie-timeout",
                                             "enable-cors",
                                             "cors-allow-origin",
                                             "cors-allow-methods",
                                             "cors-allow-headers",
                                             "traffic-limit-qps",
                                             "order",
                                             "connection-drain-enabled",
                                             "slow-start-enabled",
                                             "edition",
                                             "charge-type",
                                             "access-log",
                                             "backend-keepalive"};

/// `listenPorts` as `listen-ports`.
std::string with_dashes(std::string_view camel) {
  std::string text;
  for (char c : camel) {
    if (c >= 'A' && c <= 'Z') {
      text.push_back('-');
      text.push_back(static_cast<char>(c - 'A' + 'a'));
    } else {
      text.push_back(c == '_' ? '-' : c);
    }
  }
  return text;
}

}  // namespace

std::span<const Annotation> annotations() { return table; }

const Annotation* find(std::string_view suffix) { return aws::find_in(table, suffix); }

std::optional<std::string> meant_by(std::string_view suffix) {
  const std::string dashed = with_dashes(suffix);
  if (dashed != suffix && find(dashed) != nullptr) return dashed;
  const auto* const other = std::find_if(std::begin(other_names), std::end(other_names),
                                         [&](const OtherName& name) { return name.written == suffix || name.written == dashed; });
  if (other != std::end(other_names)) return std::string(other->meant);
  std::vector<std::string_view> names;
  for (const Annotation& annotation : table) names.push_back(annotation.suffix);
  // Of a family only the part before the name can be mistyped: `action.redirect`.
  const std::size_t dot = suffix.find('.');
  if (dot != std::string_view::npos) {
    const auto family = nearest(suffix.substr(0, dot + 1), names);
    if (family && family->ends_with('.')) return std::string(*family) + std::string(suffix.substr(dot + 1));
  }
  const auto name = nearest(dashed, names);
  return name && !name->ends_with('.') ? std::optional(std::string(*name)) : std::nullopt;
}

bool is_alibaba(std::string_view suffix) {
  return std::find(std::begin(alibaba_only), std::end(alibaba_only), suffix) != std::end(alibaba_only);
}

}  // namespace hop::alb
