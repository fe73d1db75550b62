#include "model/aws/attributes.h"

#include <algorithm>
#include <vector>

#include "model/aws/annotations.h"
#include "text/format.h"
#include "text/words.h"

namespace hop::aws {
namespace {

constexpr std::string_view boolean = "true|false";
constexpr std::string_view cross_zone = "true|false|use_load_balancer_configuration";

constexpr Attribute application_load_balancer[] = {
    {"access_logs.s3.enabled", boolean},
    {"access_logs.s3.bucket", ""},
    {"access_logs.s3.prefix", ""},
    {"connection_logs.s3.enabled", boolean},
    {"connection_logs.s3.bucket", ""},
    {"connection_logs.s3.prefix", ""},
    {"health_check_logs.s3.enabled", boolean},
    {"health_check_logs.s3.bucket", ""},
    {"health_check_logs.s3.prefix", ""},
    {"deletion_protection.enabled", boolean},
    {"idle_timeout.timeout_seconds", "", 1, 4000},
    {"client_keep_alive.seconds", "", 60, 604800},
    {"routing.http.desync_mitigation_mode", "monitor|defensive|strictest"},
    {"routing.http.drop_invalid_header_fields.enabled", boolean},
    {"routing.http.preserve_host_header.enabled", boolean},
    {"routing.http.x_amzn_tls_version_and_cipher_suite.enabled", boolean},
    {"routing.http.xff_client_port.enabled", boolean},
    {"routing.http.xff_header_processing.mode", "append|preserve|remove"},
    {"routing.http2.enabled", boolean},
    {"waf.fail_open.enabled", boolean},
    {"load_balancing.cross_zone.enabled", boolean},
    {"zonal_shift.config.enabled", boolean},
    {"ipv6.deny_all_igw_traffic", boolean},
};

constexpr Attribute network_load_balancer[] = {
    {"access_logs.s3.enabled", boolean},
    {"access_logs.s3.bucket", ""},
    {"access_logs.s3.prefix", ""},
    {"deletion_protection.enabled", boolean},
    {"load_balancing.cross_zone.enabled", boolean},
    {"dns_record.client_routing_policy", "availability_zone_affinity|partial_availability_zone_affinity|any_availability_zone"},
    {"secondary_ips.auto_assigned.per_subnet", "", 0, 7},
    {"zonal_shift.config.enabled", boolean},
    {"ipv6.deny_all_igw_traffic", boolean},
};

constexpr Attribute application_target_group[] = {
    {"deregistration_delay.timeout_seconds", "", 0, 3600},
    {"slow_start.duration_seconds", "", 30, 900, true},
    {"stickiness.enabled", boolean},
    {"stickiness.type", "lb_cookie|app_cookie"},
    {"stickiness.lb_cookie.duration_seconds", "", 1, 604800},
    {"stickiness.app_cookie.cookie_name", ""},
    {"stickiness.app_cookie.duration_seconds", "", 1, 604800},
    {"load_balancing.algorithm.type", "round_robin|least_outstanding_requests|weighted_random"},
    {"load_balancing.algorithm.anomaly_mitigation", "on|off"},
    {"load_balancing.cross_zone.enabled", cross_zone},
    {"target_group_health.dns_failover.minimum_healthy_targets.count", ""},
    {"target_group_health.dns_failover.minimum_healthy_targets.percentage", ""},
    {"target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", ""},
    {"target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", ""},
};

constexpr Attribute network_target_group[] = {
    {"deregistration_delay.timeout_seconds", "", 0, 3600},
    {"deregistration_delay.connection_termination.enabled", boolean},
    {"preserve_client_ip.enabled", boolean},
    {"proxy_protocol_v2.enabled", boolean},
    {"stickiness.enabled", boolean},
    {"stickiness.type", "source_ip|source_ip_dest_ip|source_ip_dest_ip_proto"},
    {"load_balancing.cross_zone.enabled", cross_zone},
    {"target_health_state.unhealthy.connection_termination.enabled", boolean},
    {"target_health_state.unhealthy.draining_interval_seconds", "", 0, 360000},
    {"target_failover.on_deregistration", "rebalance|no_rebalance"},
    {"target_failover.on_unhealthy", "rebalance|no_rebalance"},
    {"target_group_health.dns_failover.minimum_healthy_targets.count", ""},
    {"target_group_health.dns_failover.minimum_healthy_targets.percentage", ""},
    {"target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", ""},
    {"target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", ""},
};

}  // namespace

std::span<const Attribute> attributes(AttributeOf of) {
  switch (of) {
    case AttributeOf::application_load_balancer:
      return application_load_balancer;
    case AttributeOf::network_load_balancer:
      return network_load_balancer;
    case AttributeOf::application_target_group:
      return application_target_group;
    case AttributeOf::network_target_group:
      break;
  }
  return network_target_group;
}

const Attribute* find_attribute(AttributeOf of, std::string_view key) {
  const auto table = attributes(of);
  const auto found = std::find_if(table.begin(), table.end(), [&](const Attribute& attribute) { return attribute.key == key; });
  return found == table.end() ? nullptr : &*found;
}

std::optional<std::string_view> nearest_attribute(AttributeOf of, std::string_view key) {
  std::vector<std::string_view> keys;
  for (const Attribute& attribute : attributes(of)) keys.push_back(attribute.key);
  if (const auto near = nearest(key, keys)) return near;
  // The last part is left out or another: `idle_timeout.seconds`, `deregistration_delay`.
  const std::string_view head = key.substr(0, key.find('.'));
  std::optional<std::string_view> only;
  for (std::string_view candidate : keys) {
    if (candidate.substr(0, candidate.find('.')) != head) continue;
    if (only) return std::nullopt;
    only = candidate;
  }
  return only;
}

std::string problem(const Attribute& attribute, std::string_view value) {
  if (value.empty() || is_example(value)) return "";
  if (!attribute.words.empty()) return is_among(attribute.words, value) ? "" : spell_choice(attribute.words);
  if (attribute.lowest == 0 && attribute.highest == 0) return "";
  const auto number = parse_int(value);
  if (number && ((*number >= attribute.lowest && *number <= attribute.highest) || (attribute.or_zero && *number == 0))) return "";
  return format("{}a number from {} to {}", attribute.or_zero ? "0 or " : "", attribute.lowest, attribute.highest);
}

std::vector<AttributeFault> attribute_faults(AttributeOf of, std::string_view value) {
  std::vector<AttributeFault> faults;
  const StringMap map = string_map(value);
  for (const StringMap::Pair& pair : map.pairs) {
    if (yaml::is_placeholder(pair.key)) continue;
    const Attribute* attribute = find_attribute(of, pair.key);
    if (attribute == nullptr) {
      const auto meant = nearest_attribute(of, pair.key);
      faults.push_back({pair.whole, pair.key, format("there is no attribute `{}`", shorten(pair.key, 60)), meant, !meant});
    } else if (const std::string wanted = problem(*attribute, pair.value); !wanted.empty()) {
      faults.push_back({pair.whole, pair.key, format("attribute `{}` must be {}", pair.key, wanted), std::nullopt, false});
    }
  }
  const StringMap::Pair* logs = map.find("access_logs.s3.enabled");
  if (logs != nullptr && logs->value == "true" && map.find("access_logs.s3.bucket") == nullptr)
    faults.push_back(
        {logs->whole, "access_logs.s3.bucket", "access logs are switched on without `access_logs.s3.bucket`", std::nullopt, false});
  return faults;
}

}  // namespace hop::aws
