// Settings of consistent hashing that Envoy refuses.
#include "model/istio/traffic_policy.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_prime(std::int64_t number) {
  if (number < 4) return number > 1;
  for (std::int64_t factor = 2; factor * factor <= number; ++factor) {
    if (number % factor == 0) return false;
  }
  return true;
}

void check_one(const Resource& resource, Report& report) {
  constexpr std::int64_t largest = 5000011;
  for (yaml::Node policy : istio::traffic_policies(resource)) {
    const yaml::Node hash = policy["loadBalancer"]["consistentHash"];
    if (const auto ring = integer_of(hash["minimumRingSize"]); ring.is_known() && *ring != 0) {
      report.at_key(resource, ring.node(), "`minimumRingSize` is deprecated: it is `ringHash.minimumRingSize` now")
          .alias("IST0133")
          .severity(Severity::warning)
          .effect("works until the field is removed");
    }
    const auto cookie = text_of(hash["httpCookie"]["name"]);
    if (cookie.is_known() && (*cookie).empty()) report.at(resource, cookie.node(), "the cookie has no name").alias("IST0106");
    const yaml::Node maglev = hash["maglev"];
    const auto size = integer_of(maglev["tableSize"]);
    if (!maglev.is_mapping() || size.is_unknown()) continue;
    if (size.is_known() && is_prime(*size) && *size < largest) continue;
    report.at(resource, size.node(), format("the `tableSize` of `maglev` is a prime number below {}", largest)).alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule destinationrule_hash_invalid = {
    .info = {.id = "destinationrule-hash-invalid",
             .summary = "consistent hashing has a table or a cookie that Envoy refuses, or a deprecated field",
             .docs = "`maglev` needs a `tableSize` that is a prime number below 5000011, such as 65537. The size of a ring is "
                     "set in `ringHash.minimumRingSize`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB",
             .severity = Severity::error,
             .aliases = {"IST0106", "IST0133"}},
    .reads = {Kind::destination_rule},
    .check_one = check_one,
};

}  // namespace hop::rules
