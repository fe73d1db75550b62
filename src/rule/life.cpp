#include "rule/life.h"

#include "text/ensure.h"
#include "text/format.h"
#include "version.h"

namespace hop {
namespace {

/// In id order. An entry stays for good: configurations outlive releases.
constexpr FormerRule table_of_former_rules[] = {
    {"alb-grpc-health-check", "alb-grpc-healthcheck", "0.1.0", ""},
    {"alb-health-check-on-traffic-port", "alb-healthcheck-on-traffic-port", "0.1.0", ""},
    {"alb-health-check-port-missing", "alb-healthcheck-port-missing", "0.1.0", ""},
    {"alb-health-check-port-unreachable", "alb-healthcheck-port-unreachable", "0.1.0", ""},
    {"alb-health-check-timeout-too-long", "alb-healthcheck-timeout-too-long", "0.1.0", ""},
    {"alb-health-check-tls-on-status-port", "alb-healthcheck-tls-on-status-port", "0.1.0", ""},
    {"alb-health-check-value-invalid", "alb-healthcheck-value-invalid", "0.1.0", ""},
    {"nlb-health-check-with-local-policy", "nlb-healthcheck-with-local-policy", "0.1.0", ""},
};

}  // namespace

std::span<const FormerRule> former_rules() { return table_of_former_rules; }

const FormerRule* find_former(std::string_view word, std::span<const FormerRule> table) {
  for (const FormerRule& former : table) {
    if (former.id == word) return &former;
  }
  return nullptr;
}

std::optional<std::string> outdated_rule_word(std::string_view word, std::span<const FormerRule> table) {
  const FormerRule* former = find_former(word, table);
  if (former == nullptr) return std::nullopt;
  if (former->now.empty()) return format("`{}` is gone since hoplint {}: {}", word, former->since, former->why);
  return format("`{}` is called `{}` since hoplint {}", word, former->now, former->since);
}

Release this_release() {
  const auto release = parse_release(program_version);
  HOP_ENSURE(release);
  return *release;
}

std::string_view this_release_text() { return program_version; }

}  // namespace hop
