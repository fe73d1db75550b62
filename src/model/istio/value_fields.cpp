#include "model/istio/value_fields.h"

#include <array>
#include <span>

#include "text/format.h"

namespace hop::istio {
namespace {

struct Row {
  std::string_view path;
  Syntax syntax;
};

/// Rows that hold below each of some places.
struct Table {
  Kind kind;
  std::span<const std::string_view> bases;
  std::span<const Row> rows;
};

using S = Syntax;

constexpr std::string_view spec[] = {"spec"};
constexpr std::string_view whole[] = {""};
constexpr std::string_view http[] = {"spec.http[]"};

constexpr Row virtual_service[] = {
    {"hosts[]", S::host_or_address},
    {"gateways[]", S::gateway_name},
    {"tls[].match[].port", S::port},
    {"tls[].match[].destinationSubnets[]", S::range},
    {"tls[].match[].gateways[]", S::gateway_name},
    {"tls[].match[].sniHosts[]", S::host_or_address},
    {"tls[].match[].sourceLabels.@", S::label_key},
    {"tls[].match[].sourceLabels.*", S::label_value},
    {"tls[].route[].weight", S::count},
    {"tcp[].match[].port", S::port},
    {"tcp[].match[].destinationSubnets[]", S::range},
    {"tcp[].match[].gateways[]", S::gateway_name},
    {"tcp[].match[].sourceLabels.@", S::label_key},
    {"tcp[].match[].sourceLabels.*", S::label_value},
    {"tcp[].route[].weight", S::count},
};

constexpr Row http_route[] = {
    {"timeout", S::duration},
    {"retries.perTryTimeout", S::duration},
    {"retries.backoff", S::duration},
    {"retries.attempts", S::count},
    {"fault.delay.fixedDelay", S::duration},
    {"fault.delay.percentage.value", S::share},
    {"fault.delay.percent", S::percent},
    {"fault.abort.percentage.value", S::share},
    {"fault.abort.httpStatus", S::http_status},
    {"directResponse.status", S::http_status},
    {"redirect.redirectCode", S::redirect_code},
    {"redirect.port", S::port},
    {"corsPolicy.maxAge", S::seconds},
    {"corsPolicy.allowOrigins[].regex", S::regex},
    {"corsPolicy.allowHeaders[]", S::cors_header},
    {"corsPolicy.exposeHeaders[]", S::cors_header},
    {"mirrorPercent", S::percent},
    {"mirrorPercentage.value", S::percent},
    {"mirrors[].percentage.value", S::percent},
    {"rewrite.uriRegexRewrite.match", S::regex},
    {"route[].weight", S::count},
    {"match[].port", S::port},
    {"match[].sourceNamespace", S::name},
    {"match[].gateways[]", S::gateway_name},
    {"match[].sourceLabels.@", S::label_key},
    {"match[].sourceLabels.*", S::label_value},
    {"match[].uri.regex", S::regex},
    {"match[].scheme.regex", S::regex},
    {"match[].method.regex", S::regex},
    {"match[].authority.regex", S::regex},
    {"match[].headers.*.regex", S::regex},
    {"match[].withoutHeaders.*.regex", S::regex},
    {"match[].queryParams.*.regex", S::regex},
    {"match[].headers.@", S::match_header},
    {"match[].withoutHeaders.@", S::match_header},
};

constexpr std::string_view header_changes[] = {"spec.http[].headers", "spec.http[].route[].headers"};
constexpr Row header_change[] = {
    {"request.set.@", S::request_header},  {"request.add.@", S::request_header},  {"request.remove[]", S::changed_header},
    {"response.set.@", S::changed_header}, {"response.add.@", S::changed_header}, {"response.remove[]", S::changed_header},
    {"request.set.*", S::header_value},    {"request.add.*", S::header_value},    {"response.set.*", S::header_value},
    {"response.add.*", S::header_value},
};

constexpr std::string_view destinations[] = {"spec.http[].route[].destination", "spec.http[].mirror", "spec.http[].mirrors[].destination",
                                             "spec.tls[].route[].destination", "spec.tcp[].route[].destination"};
constexpr Row destination[] = {
    {"host", S::narrow_host},
    {"subset", S::name},
    {"port.number", S::port},
};

constexpr Row destination_rule[] = {
    {"host", S::host},
    {"subsets[].name", S::name},
    {"subsets[].labels.@", S::label_key},
    {"subsets[].labels.*", S::label_value},
};

constexpr std::string_view traffic_policies[] = {"spec.trafficPolicy", "spec.trafficPolicy.portLevelSettings[]",
                                                 "spec.subsets[].trafficPolicy", "spec.subsets[].trafficPolicy.portLevelSettings[]"};
constexpr Row traffic_policy[] = {
    {"port.number", S::port},
    {"tunnel.targetHost", S::name_or_address},
    {"tunnel.targetPort", S::port},
    {"outlierDetection.interval", S::duration},
    {"outlierDetection.baseEjectionTime", S::duration},
    {"outlierDetection.maxEjectionPercent", S::percent},
    {"outlierDetection.minHealthPercent", S::percent},
    {"loadBalancer.warmupDurationSecs", S::duration},
    {"loadBalancer.warmup.duration", S::duration},
};

constexpr std::string_view connection_pools[] = {
    "spec.trafficPolicy.connectionPool", "spec.trafficPolicy.portLevelSettings[].connectionPool",
    "spec.subsets[].trafficPolicy.connectionPool", "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool"};
constexpr std::string_view sidecar_pools[] = {"spec.inboundConnectionPool", "spec.ingress[].connectionPool"};
constexpr Row connection_pool[] = {
    {"tcp.connectTimeout", S::duration},
    {"tcp.idleTimeout", S::duration_or_off},
    {"tcp.maxConnectionDuration", S::duration},
    {"tcp.tcpKeepalive.time", S::duration},
    {"tcp.tcpKeepalive.interval", S::duration},
    {"tcp.maxConnections", S::count},
    {"http.idleTimeout", S::duration},
    {"http.http1MaxPendingRequests", S::count},
    {"http.http2MaxRequests", S::count},
    {"http.maxRequestsPerConnection", S::count},
    {"http.maxRetries", S::count},
    {"http.maxConcurrentStreams", S::count},
};

constexpr Row gateway[] = {
    {"metadata.name", S::name},
    {"spec.servers[].hosts[]", S::gateway_host},
    {"spec.servers[].port.number", S::port_or_socket},
    {"spec.servers[].port.protocol", S::protocol},
    {"spec.servers[].bind", S::bind},
};

constexpr Row service_entry[] = {
    {"hosts[]", S::narrow_host},     {"addresses[]", S::range}, {"ports[].number", S::port},
    {"ports[].targetPort", S::port}, {"ports[].name", S::name}, {"ports[].protocol", S::protocol},
};

constexpr std::string_view endpoints[] = {"spec.endpoints[]"};
constexpr std::string_view templates[] = {"spec.template"};
constexpr Row endpoint[] = {
    {"address", S::name_or_address}, {"ports.*", S::port}, {"ports.@", S::name}, {"labels.@", S::label_key}, {"labels.*", S::label_value},
};

constexpr Row workload_group[] = {
    {"metadata.labels.@", S::label_key},  {"metadata.labels.*", S::label_value}, {"probe.initialDelaySeconds", S::count},
    {"probe.timeoutSeconds", S::count},   {"probe.periodSeconds", S::count},     {"probe.successThreshold", S::count},
    {"probe.failureThreshold", S::count}, {"probe.httpGet.port", S::port},       {"probe.httpGet.httpHeaders[].name", S::header},
    {"probe.tcpSocket.port", S::port},
};

constexpr Row sidecar[] = {
    {"ingress[].port.number", S::port},
    {"ingress[].port.name", S::name},
    {"ingress[].port.protocol", S::protocol},
    {"ingress[].bind", S::bind},
    {"egress[].port.number", S::port_or_socket},
    {"egress[].port.name", S::name},
    {"egress[].port.protocol", S::protocol},
    {"egress[].bind", S::bind},
    {"egress[].hosts[]", S::sidecar_host},
    {"outboundTrafficPolicy.egressProxy.host", S::narrow_host},
    {"outboundTrafficPolicy.egressProxy.subset", S::name},
    {"outboundTrafficPolicy.egressProxy.port.number", S::port},
};

constexpr Row authorization_policy[] = {
    {"rules[].from[].source.ipBlocks[]", S::range},       {"rules[].from[].source.notIpBlocks[]", S::range},
    {"rules[].from[].source.remoteIpBlocks[]", S::range}, {"rules[].from[].source.notRemoteIpBlocks[]", S::range},
    {"rules[].to[].operation.ports[]", S::policy_port},   {"rules[].to[].operation.notPorts[]", S::policy_port},
};

constexpr Row peer_authentication[] = {{"portLevelMtls.@", S::port}};

constexpr Row request_authentication[] = {
    {"jwtRules[].timeout", S::duration},
    {"jwtRules[].outputClaimToHeaders[].header", S::header},
};

constexpr Row telemetry[] = {{"tracing[].randomSamplingPercentage", S::percent}};
constexpr Row proxy_config[] = {{"concurrency", S::count}};
constexpr Row envoy_filter[] = {{"configPatches[].match.proxy.proxyVersion", S::regex}};

constexpr Table tables[] = {
    {Kind::gateway, whole, gateway},
    {Kind::virtual_service, spec, virtual_service},
    {Kind::virtual_service, http, http_route},
    {Kind::virtual_service, header_changes, header_change},
    {Kind::virtual_service, destinations, destination},
    {Kind::destination_rule, spec, destination_rule},
    {Kind::destination_rule, traffic_policies, traffic_policy},
    {Kind::destination_rule, connection_pools, connection_pool},
    {Kind::service_entry, spec, service_entry},
    {Kind::service_entry, endpoints, endpoint},
    {Kind::workload_entry, spec, endpoint},
    {Kind::workload_group, spec, workload_group},
    {Kind::workload_group, templates, endpoint},
    {Kind::sidecar, spec, sidecar},
    {Kind::sidecar, sidecar_pools, connection_pool},
    {Kind::authorization_policy, spec, authorization_policy},
    {Kind::peer_authentication, spec, peer_authentication},
    {Kind::request_authentication, spec, request_authentication},
    {Kind::telemetry, spec, telemetry},
    {Kind::proxy_config, spec, proxy_config},
    {Kind::envoy_filter, spec, envoy_filter},
};

constexpr std::size_t kinds = static_cast<std::size_t>(Kind::count_);

/// The rows of each kind by their paths; a row's number is that of its syntax.
std::array<FieldPaths, kinds> sort_by_kind() {
  std::array<FieldPaths, kinds> of_kind;
  for (const Table& table : tables) {
    for (const std::string_view base : table.bases) {
      for (const Row& row : table.rows) {
        of_kind[static_cast<std::size_t>(table.kind)].add({base, row.path}, static_cast<std::size_t>(row.syntax));
      }
    }
  }
  return of_kind;
}

}  // namespace

std::vector<BadValue> find_bad_values(const Resource& resource) {
  static const auto of_kind = sort_by_kind();
  std::vector<BadValue> bad;
  of_kind[static_cast<std::size_t>(resource.kind)].visit(resource.root, [&](std::size_t row, const Field& field) {
    const auto syntax = static_cast<Syntax>(row);
    if (auto why = fault(syntax, field.scalar())) bad.push_back({field, syntax, format("{} {}", shown(field.scalar().str()), *why)});
  });
  return bad;
}

}  // namespace hop::istio
