#include "model/istio/field_sets.h"

#include <algorithm>
#include <array>

#include "model/field_path.h"

namespace hop::istio {
namespace {

using Paths = std::span<const std::string_view>;
using Names = std::span<const std::string_view>;

constexpr std::string_view spec[] = {"spec"};
constexpr std::string_view routes[] = {"spec.http[]"};
constexpr std::string_view redirects[] = {"spec.http[].redirect"};
constexpr std::string_view rewrites[] = {"spec.http[].rewrite"};
constexpr std::string_view aborts[] = {"spec.http[].fault.abort"};
constexpr std::string_view delays[] = {"spec.http[].fault.delay"};
constexpr std::string_view faults[] = {"spec.http[].fault"};
constexpr std::string_view bodies[] = {"spec.http[].directResponse.body"};
constexpr std::string_view string_matches[] = {"spec.http[].match[].uri",           "spec.http[].match[].scheme",
                                               "spec.http[].match[].method",        "spec.http[].match[].authority",
                                               "spec.http[].match[].headers.*",     "spec.http[].match[].withoutHeaders.*",
                                               "spec.http[].match[].queryParams.*", "spec.http[].corsPolicy.allowOrigins[]"};
constexpr std::string_view policies[] = {"spec.trafficPolicy", "spec.subsets[].trafficPolicy"};
constexpr std::string_view port_policies[] = {"spec.trafficPolicy.portLevelSettings[]", "spec.subsets[].trafficPolicy.portLevelSettings[]"};
constexpr std::string_view balancers[] = {"spec.trafficPolicy.loadBalancer", "spec.trafficPolicy.portLevelSettings[].loadBalancer",
                                          "spec.subsets[].trafficPolicy.loadBalancer",
                                          "spec.subsets[].trafficPolicy.portLevelSettings[].loadBalancer"};
constexpr std::string_view hashes[] = {"spec.trafficPolicy.loadBalancer.consistentHash",
                                       "spec.trafficPolicy.portLevelSettings[].loadBalancer.consistentHash",
                                       "spec.subsets[].trafficPolicy.loadBalancer.consistentHash",
                                       "spec.subsets[].trafficPolicy.portLevelSettings[].loadBalancer.consistentHash"};
constexpr std::string_view localities[] = {"spec.trafficPolicy.loadBalancer.localityLbSetting",
                                           "spec.trafficPolicy.portLevelSettings[].loadBalancer.localityLbSetting",
                                           "spec.subsets[].trafficPolicy.loadBalancer.localityLbSetting",
                                           "spec.subsets[].trafficPolicy.portLevelSettings[].loadBalancer.localityLbSetting"};
constexpr std::string_view pools[] = {"spec.trafficPolicy.connectionPool", "spec.trafficPolicy.portLevelSettings[].connectionPool",
                                      "spec.subsets[].trafficPolicy.connectionPool",
                                      "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool"};
constexpr std::string_view keepalives[] = {"spec.trafficPolicy.connectionPool.http.http2KeepAlive",
                                           "spec.trafficPolicy.portLevelSettings[].connectionPool.http.http2KeepAlive",
                                           "spec.subsets[].trafficPolicy.connectionPool.http.http2KeepAlive",
                                           "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool.http.http2KeepAlive"};
constexpr std::string_view sidecar_pools[] = {"spec.inboundConnectionPool", "spec.ingress[].connectionPool"};
constexpr std::string_view sources[] = {"spec.rules[].from[].source"};
constexpr std::string_view operations[] = {"spec.rules[].to[].operation"};
constexpr std::string_view origins[] = {"spec.rules[].from[]"};
constexpr std::string_view targets[] = {"spec.rules[].to[]"};
constexpr std::string_view conditions[] = {"spec.rules[].when[]"};
constexpr std::string_view jwt_rules[] = {"spec.jwtRules[]"};
constexpr std::string_view probes[] = {"spec.probe"};

/// Of each list at most one field may be set.
struct Exclusive {
  Kind kind;
  Paths bases;
  std::array<std::string_view, 4> names;
  bool validated = true;
};

constexpr Exclusive exclusives[] = {
    {Kind::virtual_service, routes, {"route", "redirect", "directResponse"}},
    {Kind::virtual_service, routes, {"delegate", "route"}},
    {Kind::virtual_service, routes, {"delegate", "redirect"}},
    {Kind::virtual_service, routes, {"fault", "redirect"}},
    {Kind::virtual_service, routes, {"fault", "directResponse"}},
    {Kind::virtual_service, routes, {"rewrite", "redirect"}},
    {Kind::virtual_service, routes, {"rewrite", "directResponse"}},
    {Kind::virtual_service, routes, {"mirror", "mirrors"}},
    {Kind::virtual_service, rewrites, {"uri", "uriRegexRewrite"}},
    {Kind::virtual_service, redirects, {"uri", "prefixRewrite"}},
    {Kind::virtual_service, redirects, {"port", "derivePort"}, false},
    {Kind::virtual_service, aborts, {"httpStatus", "grpcStatus", "http2Error"}, false},
    {Kind::virtual_service, delays, {"fixedDelay", "exponentialDelay"}, false},
    {Kind::virtual_service, bodies, {"string", "bytes"}, false},
    {Kind::virtual_service, string_matches, {"exact", "prefix", "regex"}, false},
    {Kind::destination_rule, policies, {"tunnel", "proxyProtocol"}},
    {Kind::destination_rule, balancers, {"simple", "consistentHash"}, false},
    {Kind::destination_rule, balancers, {"warmup", "warmupDurationSecs"}, false},
    {Kind::destination_rule, hashes, {"httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName"}, false},
    {Kind::destination_rule, hashes, {"ringHash", "maglev"}, false},
    {Kind::destination_rule, hashes, {"minimumRingSize", "ringHash"}},
    {Kind::destination_rule, hashes, {"minimumRingSize", "maglev"}},
    {Kind::destination_rule, localities, {"distribute", "failover"}},
    {Kind::service_entry, spec, {"workloadSelector", "endpoints"}},
    {Kind::authorization_policy, spec, {"selector", "targetRef", "targetRefs"}},
    {Kind::request_authentication, spec, {"selector", "targetRef", "targetRefs"}},
    {Kind::telemetry, spec, {"selector", "targetRef", "targetRefs"}},
    {Kind::wasm_plugin, spec, {"selector", "targetRef", "targetRefs"}},
    {Kind::traffic_extension, spec, {"selector", "targetRefs"}},
    {Kind::traffic_extension, spec, {"wasm", "lua"}},
    {Kind::authorization_policy, sources, {"serviceAccounts", "principals"}},
    {Kind::authorization_policy, sources, {"serviceAccounts", "namespaces"}},
    {Kind::authorization_policy, sources, {"notServiceAccounts", "notPrincipals"}},
    {Kind::authorization_policy, sources, {"notServiceAccounts", "notNamespaces"}},
    {Kind::request_authentication, jwt_rules, {"jwks", "jwksUri"}, false},
    {Kind::workload_group, probes, {"httpGet", "tcpSocket", "exec", "grpc"}, false},
};

constexpr std::string_view any_route[] = {"http", "tls", "tcp"};
constexpr std::string_view any_fault[] = {"abort", "delay"};
constexpr std::string_view any_error[] = {"httpStatus", "grpcStatus", "http2Error"};
constexpr std::string_view any_redirect[] = {"uri", "authority", "port", "derivePort", "scheme", "prefixRewrite"};
constexpr std::string_view any_rewrite[] = {"uri", "uriRegexRewrite", "authority"};
constexpr std::string_view any_policy[] = {"loadBalancer",      "connectionPool", "outlierDetection", "tls",
                                           "portLevelSettings", "tunnel",         "proxyProtocol",    "retryBudget"};
constexpr std::string_view any_port_policy[] = {"loadBalancer", "connectionPool", "outlierDetection", "tls"};
constexpr std::string_view servers[] = {"servers"};
constexpr std::string_view port[] = {"port"};
constexpr std::string_view any_pool[] = {"http", "tcp"};
constexpr std::string_view any_sidecar[] = {"egress", "ingress", "outboundTrafficPolicy", "inboundConnectionPool"};
constexpr std::string_view source[] = {"source"};
constexpr std::string_view operation[] = {"operation"};
constexpr std::string_view any_source[] = {"principals",     "requestPrincipals", "namespaces",        "ipBlocks",
                                           "remoteIpBlocks", "serviceAccounts",   "notPrincipals",     "notRequestPrincipals",
                                           "notNamespaces",  "notIpBlocks",       "notRemoteIpBlocks", "notServiceAccounts"};
constexpr std::string_view any_operation[] = {"hosts", "ports", "methods", "paths", "notHosts", "notPorts", "notMethods", "notPaths"};
constexpr std::string_view any_value[] = {"values", "notValues"};
constexpr std::string_view any_keys[] = {"issuer", "jwksUri", "jwks_uri"};
constexpr std::string_view destination_host[] = {"host"};
constexpr std::string_view interval[] = {"interval"};
constexpr std::string_view timeout[] = {"timeout"};
constexpr std::string_view any_extension[] = {"wasm", "lua"};
constexpr std::string_view any_probe[] = {"httpGet", "tcpSocket", "exec", "grpc"};

struct Needed {
  Kind kind;
  Paths bases;
  Names names;
  bool refused = true;
};

constexpr Needed needed[] = {
    {Kind::gateway, spec, servers},
    {Kind::virtual_service, spec, any_route},
    {Kind::virtual_service, faults, any_fault},
    {Kind::virtual_service, aborts, any_error, false},
    {Kind::virtual_service, redirects, any_redirect},
    {Kind::virtual_service, rewrites, any_rewrite},
    {Kind::destination_rule, policies, any_policy},
    {Kind::destination_rule, port_policies, any_port_policy},
    {Kind::destination_rule, port_policies, port},
    {Kind::destination_rule, pools, any_pool},
    {Kind::destination_rule, keepalives, interval},
    {Kind::destination_rule, keepalives, timeout},
    {Kind::sidecar, spec, any_sidecar},
    {Kind::sidecar, sidecar_pools, any_pool},
    {Kind::authorization_policy, origins, source},
    {Kind::authorization_policy, targets, operation},
    {Kind::authorization_policy, sources, any_source},
    {Kind::authorization_policy, operations, any_operation},
    {Kind::authorization_policy, conditions, any_value},
    {Kind::request_authentication, jwt_rules, any_keys},
    {Kind::traffic_extension, spec, any_extension},
    {Kind::workload_group, probes, any_probe},
};

/// An empty list says nothing; an empty text is at least there, and other rules say what is wrong with it.
bool is_there(yaml::Node node) { return node && !node.is_null() && !(node.is_sequence() && node.size() == 0); }

}  // namespace

bool is_set(yaml::Node node) {
  if (!node || node.is_null()) return false;
  if (node.is_sequence()) return node.size() > 0;
  return node.is_mapping() || !node.str().empty();
}

namespace {

bool has_clash(yaml::Node block, const Exclusive& set) {
  unsigned there = 0;
  for (const std::string_view name : set.names) {
    if (name.empty()) break;
    there += is_set(block[name]) ? 1 : 0;
  }
  return there > 1;
}

void add_clashes(yaml::Node block, const Exclusive& set, std::vector<Clash>& found) {
  if (!has_clash(block, set)) return;
  std::vector<std::pair<yaml::Node, std::string_view>> there;
  for (const std::string_view name : set.names) {
    if (name.empty()) break;
    if (const yaml::Node field = block[name]; is_set(field)) there.emplace_back(field, name);
  }
  std::sort(there.begin(), there.end(), [](const auto& a, const auto& b) { return a.first.key_span().begin < b.first.key_span().begin; });
  for (std::size_t i = 1; i < there.size(); ++i) {
    found.push_back({there[0].second, there[i].second, there[0].first, there[i].first, set.validated});
  }
}

void add_if_empty(yaml::Node block, const Needed& set, std::vector<EmptyBlock>& found) {
  const bool any = std::any_of(set.names.begin(), set.names.end(), [&](std::string_view name) { return is_there(block[name]); });
  if (!any && block.is_mapping()) found.push_back({block, set.names, set.refused});
}

/// istiod judges an object without `spec` as one with an empty one, which these kinds may not have; what the CRDs ask for besides are
/// required fields (model/fields). Other kinds mean something by being there. Source: pkg/config/validation of istio/istio, and
/// ConvertObject of pilot/pkg/config/kube/crd.
constexpr Needed needed_of_spec[] = {{Kind::gateway, spec, servers},
                                     {Kind::virtual_service, spec, any_route},
                                     {Kind::destination_rule, spec, destination_host},
                                     {Kind::sidecar, spec, any_sidecar}};

/// Nothing but an identity. With labels or annotations it may be a patch that adds them; other keys may be slips for `spec`.
bool is_bare(const Resource& resource) {
  if (const yaml::Node written = resource.root["spec"]; written && !written.is_null()) return false;
  const auto known = [](std::string_view key) {
    return key == "apiVersion" || key == "kind" || key == "metadata" || key == "spec" || key == "status";
  };
  for (const auto& [key, value] : resource.root.entries()) {
    if (!known(key.str())) return false;
  }
  const yaml::Node metadata = resource.root["metadata"];
  for (const auto& [key, value] : metadata.entries()) {
    if (key.str() != "name" && key.str() != "namespace") return false;
  }
  return metadata.is_mapping();
}

void add_bare(const Resource& resource, std::vector<EmptyBlock>& found) {
  for (const Needed& set : needed_of_spec) {
    if (set.kind == resource.kind && is_bare(resource)) found.push_back({resource.root["spec"], set.names, set.refused});
  }
}

constexpr std::size_t kinds = static_cast<std::size_t>(Kind::count_);

/// The rows of both tables by the places of their blocks; those of `needed` are numbered behind those of `exclusives`.
std::array<FieldPaths, kinds> sort_by_kind() {
  std::array<FieldPaths, kinds> of_kind;
  const auto add = [&](const auto& set, std::size_t row) {
    for (const std::string_view base : set.bases) of_kind[static_cast<std::size_t>(set.kind)].add({base}, row);
  };
  for (std::size_t i = 0; i < std::size(exclusives); ++i) add(exclusives[i], i);
  for (std::size_t i = 0; i < std::size(needed); ++i) add(needed[i], std::size(exclusives) + i);
  return of_kind;
}

}  // namespace

SetMistakes find_set_mistakes(const Resource& resource) {
  static const auto of_kind = sort_by_kind();
  SetMistakes found;
  add_bare(resource, found.empty_blocks);
  of_kind[static_cast<std::size_t>(resource.kind)].visit(resource.root, [&](std::size_t row, const Field& block) {
    if (row < std::size(exclusives)) {
      add_clashes(block.node, exclusives[row], found.clashes);
    } else {
      add_if_empty(block.node, needed[row - std::size(exclusives)], found.empty_blocks);
    }
  });
  return found;
}

}  // namespace hop::istio
