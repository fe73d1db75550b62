// Names of filters that Envoy had before 1.14.
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Renamed {
  std::string_view old, now;
};

// Source: envoyproxy.io, deprecated filter names of 1.14.
constexpr Renamed names[] = {{"envoy.buffer", "envoy.filters.http.buffer"},
                             {"envoy.cors", "envoy.filters.http.cors"},
                             {"envoy.csrf", "envoy.filters.http.csrf"},
                             {"envoy.ext_authz", "envoy.filters.http.ext_authz"},
                             {"envoy.fault", "envoy.filters.http.fault"},
                             {"envoy.grpc_http1_bridge", "envoy.filters.http.grpc_http1_bridge"},
                             {"envoy.grpc_json_transcoder", "envoy.filters.http.grpc_json_transcoder"},
                             {"envoy.grpc_web", "envoy.filters.http.grpc_web"},
                             {"envoy.gzip", "envoy.filters.http.gzip"},
                             {"envoy.health_check", "envoy.filters.http.health_check"},
                             {"envoy.http_connection_manager", "envoy.filters.network.http_connection_manager"},
                             {"envoy.http_dynamo_filter", "envoy.filters.http.dynamo"},
                             {"envoy.ip_tagging", "envoy.filters.http.ip_tagging"},
                             {"envoy.listener.http_inspector", "envoy.filters.listener.http_inspector"},
                             {"envoy.listener.original_dst", "envoy.filters.listener.original_dst"},
                             {"envoy.listener.proxy_protocol", "envoy.filters.listener.proxy_protocol"},
                             {"envoy.listener.tls_inspector", "envoy.filters.listener.tls_inspector"},
                             {"envoy.lua", "envoy.filters.http.lua"},
                             {"envoy.mongo_proxy", "envoy.filters.network.mongo_proxy"},
                             {"envoy.ratelimit", "envoy.filters.http.ratelimit"},
                             {"envoy.rate_limit", "envoy.filters.http.ratelimit"},
                             {"envoy.redis_proxy", "envoy.filters.network.redis_proxy"},
                             {"envoy.router", "envoy.filters.http.router"},
                             {"envoy.squash", "envoy.filters.http.squash"},
                             {"envoy.tcp_proxy", "envoy.filters.network.tcp_proxy"}};

void check_name(const Resource& resource, yaml::Node node, Report& report) {
  for (const Renamed& name : names) {
    if (node.str() != name.old) continue;
    Finding finding = report.at(resource, node, format("`{}` is the old name of the filter `{}`", name.old, name.now));
    finding.alias("IST0133").fix(format("change it to `{}`", name.now), node, name.now, Safety::unsafe);
  }
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node patch : EnvoyFilter(resource).patches()) {
    const yaml::Node filter = patch["match"]["listener"]["filterChain"]["filter"];
    check_name(resource, filter["name"], report);
    check_name(resource, filter["subFilter"]["name"], report);
  }
}

}  // namespace

extern constinit const Rule envoyfilter_filter_name_deprecated = {
    .info = {.id = "envoyfilter-filter-name-deprecated",
             .summary = "a match of an EnvoyFilter names a filter by its old name",
             .docs = "Envoy renamed its filters in 1.14 and reads the old names no more. Istio still translates the ones in matches.",
             .effect = "a later release of Istio finds no such filter, and the patch does nothing",
             .source = "https://www.envoyproxy.io/docs/envoy/latest/version_history/v1.14/v1.14.0",
             .severity = Severity::warning,
             .group = Group::deprecation,
             .aliases = {"IST0133"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::envoy_filter},
    .check_one = check_one,
};

}  // namespace hop::rules
